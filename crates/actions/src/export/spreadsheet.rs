//! Office Open XML workbooks (ECMA-376), written as they come: one row in memory at a time, no other file, and no value
//! that depends on when or where it was written.
//!
//! Every cell is text in the number format `@`, so that no spreadsheet takes a value for a formula, a number or a date,
//! neither when it is opened nor when somebody edits it.

use std::{
    fmt::Write as _,
    io::{Seek, Write},
};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::{
    broken,
    xml::{escaped, is_unwritable},
};
use crate::error::ActionError;

/// How much a spreadsheet program reads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Rows of a sheet, its header among them.
    pub(super) rows: usize,
    /// Length of a cell's text in UTF-16 code units.
    pub(super) text: usize,
    /// Columns of a sheet.
    pub(super) columns: usize,
}

impl Limits {
    /// Microsoft Excel's, as its specifications state them.
    pub(super) const EXCEL: Self = Self { rows: 1_048_576, text: 32_767, columns: 16_384 };

    /// Whether a text fits into a cell.
    pub(super) fn fit(self, text: &str) -> bool {
        length(text) <= self.text
    }

    /// A text in pieces that each fit into a cell; at least one.
    pub(super) fn pieces(self, text: &str) -> Vec<String> {
        let mut pieces = vec![String::new()];
        let mut used = 0;
        for c in text.chars() {
            used += c.len_utf16();
            if used > self.text {
                pieces.push(String::new());
                used = c.len_utf16();
            }
            if let Some(last) = pieces.last_mut() {
                last.push(c);
            }
        }
        pieces
    }
}

/// Length of a text as spreadsheet programs count it, in UTF-16 code units.
pub(super) fn length(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// A workbook that is being written.
pub(super) struct Workbook<W: Write + Seek> {
    zip: ZipWriter<W>,
    limits: Limits,
    names: Vec<String>,
}

/// A sheet that is being written. When it is full, a further one with the same columns goes on.
pub(super) struct Sheet<'w, W: Write + Seek> {
    workbook: &'w mut Workbook<W>,
    name: &'w str,
    columns: &'w [String],
    rows: usize,
    parts: usize,
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// Longest name of a sheet, in UTF-16 code units.
const NAME: usize = 31;
/// Cell formats: 1 is text, 2 is bold text.
const STYLES: &str = concat!(
    "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>",
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>",
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>",
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>",
    "<cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>",
    "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>",
    "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/></cellXfs>",
    "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>",
);

impl<W: Write + Seek> Workbook<W> {
    /// Begins a workbook.
    pub(super) fn new(out: W, limits: Limits) -> Result<Self, ActionError> {
        let mut workbook = Self { zip: ZipWriter::new(out), limits, names: Vec::new() };
        let root = format!("<Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/>");
        workbook.part("_rels/.rels", &relationships(&root))?;
        Ok(workbook)
    }

    /// Writes a sheet. Its name becomes one that no other sheet has.
    pub(super) fn sheet(&mut self, name: &str, columns: &[String], fill: impl FnOnce(&mut Sheet<'_, W>) -> Result<(), ActionError>) -> Result<(), ActionError> {
        if columns.len() > self.limits.columns {
            let (given, most) = (columns.len(), self.limits.columns);
            return Err(refusal(&format!("the sheet `{name}` would have {given} columns, and a spreadsheet has no more than {most}")));
        }
        let mut sheet = Sheet { workbook: self, name, columns, rows: 0, parts: 0 };
        sheet.begin()?;
        fill(&mut sheet)?;
        sheet.end()
    }

    /// Ends the workbook.
    pub(super) fn finish(mut self) -> Result<W, ActionError> {
        let (mut sheets, mut targets, mut types) = (String::new(), String::new(), String::new());
        for (name, no) in self.names.iter().zip(1..) {
            let name = escaped(name);
            let _ = write!(sheets, "<sheet name=\"{name}\" sheetId=\"{no}\" r:id=\"rId{no}\"/>");
            let _ = write!(targets, "<Relationship Id=\"rId{no}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{no}.xml\"/>");
            types.push_str(&content(&format!("xl/worksheets/sheet{no}.xml"), "worksheet"));
        }
        let styles = self.names.len() + 1;
        let _ = write!(targets, "<Relationship Id=\"rId{styles}\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/>");
        types.push_str(&content("xl/styles.xml", "styles"));
        types.push_str(&content("xl/workbook.xml", "sheet.main"));
        let book = format!("{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><bookViews><workbookView/></bookViews><sheets>{sheets}</sheets></workbook>");
        self.part("xl/workbook.xml", &book)?;
        self.part("xl/_rels/workbook.xml.rels", &relationships(&targets))?;
        self.part("xl/styles.xml", &format!("{HEAD}<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>"))?;
        let defaults = format!(
            "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>{types}"
        );
        self.part("[Content_Types].xml", &format!("{HEAD}<Types xmlns=\"{PACKAGE}/content-types\">{defaults}</Types>"))?;
        self.zip.finish().map_err(broken)
    }

    fn part(&mut self, path: &str, text: &str) -> Result<(), ActionError> {
        self.start(path)?;
        self.put(text)
    }

    fn start(&mut self, path: &str) -> Result<(), ActionError> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default());
        self.zip.start_file(path, options).map_err(broken)
    }

    fn put(&mut self, text: &str) -> Result<(), ActionError> {
        self.zip.write_all(text.as_bytes()).map_err(broken)
    }

    /// A name that no other sheet has, of no more than 31 characters and none that sheets must not have.
    fn free_name(&self, name: &str, part: usize) -> String {
        let name: String = name.chars().map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') { '-' } else { c }).collect();
        let mut number = part;
        loop {
            let suffix = if number > 1 { format!(" {number}") } else { String::new() };
            let room = Limits { text: NAME.saturating_sub(suffix.len()), ..self.limits };
            let candidate = room.pieces(&name).into_iter().next().unwrap_or_default() + &suffix;
            if !candidate.is_empty() && !self.names.iter().any(|known| known.to_lowercase() == candidate.to_lowercase()) {
                return candidate;
            }
            number += 1;
        }
    }
}

impl<W: Write + Seek> Sheet<'_, W> {
    /// Writes a row of texts in the order of the columns.
    pub(super) fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) -> Result<(), ActionError> {
        if self.rows >= self.workbook.limits.rows {
            self.end()?;
            self.begin()?;
        }
        self.write(cells, 1)
    }

    /// What a cell holds.
    pub(super) fn limits(&self) -> Limits {
        self.workbook.limits
    }

    fn begin(&mut self) -> Result<(), ActionError> {
        self.parts += 1;
        self.rows = 0;
        let name = self.workbook.free_name(self.name, self.parts);
        self.workbook.names.push(name);
        let no = self.workbook.names.len();
        self.workbook.start(&format!("xl/worksheets/sheet{no}.xml"))?;
        let last = self.columns.len().max(1);
        self.workbook.put(&format!(
            "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols><col min=\"1\" max=\"{last}\" width=\"24\" customWidth=\"1\"/></cols><sheetData>"
        ))?;
        self.write(self.columns.iter().map(String::as_str), 2)
    }

    fn end(&mut self) -> Result<(), ActionError> {
        self.workbook.put("</sheetData></worksheet>")
    }

    fn write<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>, style: u8) -> Result<(), ActionError> {
        self.rows += 1;
        let row = self.rows;
        let mut xml = format!("<row r=\"{row}\">");
        for (column, text) in cells.into_iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            if !self.workbook.limits.fit(text) {
                let (name, given, most) = (self.columns.get(column).map_or("", String::as_str), length(text), self.workbook.limits.text);
                return Err(refusal(&format!(
                    "a value in column `{name}` of the sheet `{}` has {given} characters, and a spreadsheet's cell holds no more than {most}",
                    self.name
                )));
            }
            let _ = write!(xml, "<c r=\"{}{row}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>", letters(column), cell(text));
        }
        xml.push_str("</row>");
        self.workbook.put(&xml)
    }
}

fn refusal(what: &str) -> ActionError {
    ActionError::BadInput(format!("{what}; export as csv, ftm or statements, or narrow the export by a query"))
}

fn relationships(inner: &str) -> String {
    format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{inner}</Relationships>")
}

fn content(path: &str, kind: &str) -> String {
    format!("<Override PartName=\"/{path}\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml\"/>")
}

/// Letters of a column, counted from 0: `A`, `Z`, `AA`.
fn letters(column: usize) -> String {
    let (mut rest, mut letters) = (column, Vec::new());
    loop {
        letters.push(char::from(b'A'.saturating_add(u8::try_from(rest % 26).unwrap_or_default())));
        if rest < 26 {
            return letters.into_iter().rev().collect();
        }
        rest = rest / 26 - 1;
    }
}

/// Text of a cell. What XML cannot hold, or would change, stands as `_xHHHH_`, and a text that happens to look like that has
/// its underscore so written (ECMA-376, part 1, 22.9.2.19).
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '_' if looks_like_escape(text.get(at..).unwrap_or_default()) => out.push_str("_x005F_"),
            c if c == '\r' || is_unwritable(c) => {
                let _ = write!(out, "_x{:04X}_", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

fn looks_like_escape(text: &str) -> bool {
    matches!(text.as_bytes(), [b'_', b'x' | b'X', a, b, c, d, b'_', ..] if [a, b, c, d].iter().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
#[path = "spreadsheet_tests.rs"]
mod tests;
