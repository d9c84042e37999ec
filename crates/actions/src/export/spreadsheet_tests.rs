//! Workbooks are read back here with plain means; `scripts/check-formats` has them read by a spreadsheet library.

use std::io::{Cursor, Read as _};

use proptest::prelude::*;
use zip::ZipArchive;

use super::*;

const SMALL: Limits = Limits { rows: 3, text: 4, columns: 2 };

fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn book(rows: &[[&str; 2]], limits: Limits) -> Result<Vec<u8>, ActionError> {
    let mut book = Workbook::new(Cursor::new(Vec::new()), limits)?;
    book.sheet("One", &columns(&["a", "b"]), |sheet| rows.iter().try_for_each(|row| sheet.row(row.iter().copied())))?;
    Ok(book.finish()?.into_inner())
}

fn part(book: &[u8], path: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut text = String::new();
    archive.by_name(path).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_formula_stays_text() {
    let book = book(&[["=1+1", ""], ["@x", "-2"]], SMALL).unwrap();
    let sheet = part(&book, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains(r#"<c r="A2" s="1" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c></row>"#), "{sheet}");
    assert!(!sheet.contains("<f>"), "{sheet}");
}

#[test]
fn a_full_sheet_goes_on_in_the_next() {
    let book = book(&[["1", ""], ["2", ""], ["3", ""]], SMALL).unwrap();
    assert_eq!(part(&book, "xl/worksheets/sheet1.xml").matches("<row ").count(), 3);
    let second = part(&book, "xl/worksheets/sheet2.xml");
    assert!(second.contains(">a</t>") && second.contains(">3</t>"), "{second}");
    assert!(part(&book, "xl/workbook.xml").contains(r#"<sheet name="One 2" sheetId="2" r:id="rId2"/>"#));
}

#[test]
fn what_does_not_fit_is_refused_with_the_remedy() {
    let long = book(&[["12345", ""]], SMALL).unwrap_err().to_string();
    assert!(long.contains("column `a` of the sheet `One` has 5 characters") && long.contains("export as csv"), "{long}");
    let mut wide = Workbook::new(Cursor::new(Vec::new()), SMALL).unwrap();
    let wide = wide.sheet("Wide", &columns(&["a", "b", "c"]), |_| Ok(())).unwrap_err().to_string();
    assert!(wide.contains("3 columns"), "{wide}");
}

#[test]
fn the_same_rows_make_the_same_bytes() {
    assert_eq!(book(&[["1", "2"]], SMALL).unwrap(), book(&[["1", "2"]], SMALL).unwrap());
}

#[test]
fn sheets_have_names_that_spreadsheets_take() {
    let mut book = Workbook::new(Cursor::new(Vec::new()), Limits::EXCEL).unwrap();
    let long = "n".repeat(40);
    for name in ["a/b", "A/B", long.as_str(), long.as_str(), ""] {
        book.sheet(name, &columns(&["a"]), |_| Ok(())).unwrap();
    }
    assert_eq!(book.names, ["a-b", "A-B 2", &"n".repeat(31), &format!("{} 2", "n".repeat(29)), " 2"]);
}

#[test]
fn columns_have_letters() {
    assert_eq!([0, 25, 26, 701, 702, 16_383].map(letters), ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
}

#[test]
fn text_of_cells_is_escaped() {
    assert_eq!(cell("a<b>&\r\n\u{1}_x0041_ _x_ _xZZZZ_"), "a&lt;b&gt;&amp;_x000D_\n_x0001__x005F_x0041_ _x_ _xZZZZ_");
}

proptest! {
    #[test]
    fn pieces_fit_and_make_the_whole(text in any::<String>(), room in 2_usize..9) {
        let limits = Limits { text: room, ..Limits::EXCEL };
        let pieces = limits.pieces(&text);
        prop_assert!(pieces.iter().all(|piece| limits.fit(piece)));
        prop_assert_eq!(pieces.concat(), text);
    }
}
