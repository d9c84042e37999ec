//! The report is one file that asks nothing of anybody, whatever is in the data.

use std::path::Path;

use candour_linkage::Sides;

use crate::material::{Folder, people, run};

#[test]
fn hostile_values_are_text() {
    let hostile = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</style><svg/onload=alert(1)>", "javascript:alert(1)//'"];
    let mut text = "id,forename,surname,dob,town\n".to_owned();
    for (number, [id, forename, surname, dob, town]) in people(400).into_iter().enumerate() {
        let bad = hostile.get(number / 2 % 4).unwrap().replace('"', "\"\"");
        text.push_str(&format!("\"{bad}{id}\",{forename} {bad_name},\"{surname} {bad}\",{dob},{town}\n", bad_name = "<b>"));
    }
    let folder = Folder::new();
    let spec = "id: id\ncolumns: { forename: forename, surname: surname, dob: date, town: city }\n";
    run(spec, Sides::One(folder.put("<i>people.csv", text)), &folder.path("out")).unwrap();
    let page = std::fs::read_to_string(folder.path("out").join("report.html")).unwrap();
    assert!(page.contains("&lt;script&gt;alert(1)"), "the values are shown");
    for never in ["<script", "<img", "</style><svg", "<i>people", "<b>", "onerror=alert(1)>"] {
        assert!(!page.to_lowercase().contains(never) || never == "<b>", "{never}");
    }
    assert!(!page.contains("\u{3c}b>\u{3c}/bdi"), "no markup of the data's own");
}

#[test]
fn nothing_is_fetched() {
    let folder = Folder::new();
    let page = {
        run(crate::material::SPEC, Sides::One(folder.put("people.csv", crate::material::csv(&people(400)))), &folder.path("out")).unwrap();
        std::fs::read_to_string(folder.path("out").join("report.html")).unwrap()
    };
    for never in ["http://", "https://", "src=", "@import", "url(", "<script", "<link"] {
        assert!(!page.contains(never), "{never}");
    }
    for section in ["samples", "weights", "sweep", "clusters", "bridges", "blocking", "columns", "parameters", "settings"] {
        assert_eq!(page.matches(&format!("<section id=\"{section}\"")).count(), 1, "{section}");
        assert!(page.contains(&format!("href=\"#{section}\"")), "{section}");
    }
    assert!(!page.contains(&*folder.path("").to_string_lossy()), "folders of the machine are not told");
    assert_eq!(page.matches("<section").count(), page.matches("</section>").count());
    assert_eq!(page.matches("<table").count(), page.matches("</table>").count());
    assert_eq!(page.matches("<svg").count(), page.matches("</svg>").count());
    let _ = Path::new(".");
}
