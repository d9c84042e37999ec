//! Cards: one for each statement, with its source and its grades.

use candour_model::statement::Statement;

use super::names::Names;
use crate::export::{selection::in_order, xlsx::held, xml::escaped};

/// Longest value that a card's headline repeats, in characters; the card's text has it whole.
const HEADLINE: usize = 120;

/// The cards of an item; nothing where there are no statements.
pub(super) fn collection(names: &Names, statements: &[Statement]) -> String {
    let cards: String = in_order(statements).into_iter().map(|statement| card(names, statement)).collect();
    if cards.is_empty() { cards } else { format!("<CardCollection>{cards}</CardCollection>") }
}

/// The grades that all statements of an item agree on; the dash, which is 0, where they differ.
pub(super) fn common(names: &Names, statements: &[Statement]) -> String {
    let mut grades = statements.iter().map(|statement| names.grades(statement));
    match grades.next() {
        Some(first) if grades.all(|other| other == first) => first,
        _ => " GradeOneIndex=\"0\" GradeTwoIndex=\"0\" GradeThreeIndex=\"0\"".to_owned(),
    }
}

fn card(names: &Names, statement: &Statement) -> String {
    let prop = &statement.prop;
    let headline = if statement.value.chars().count() > HEADLINE { prop.clone() } else { format!("{prop}: {}", statement.value) };
    let reference = format!("{}, {}", statement.source, statement.locator);
    format!(
        "<Card Summary=\"{}\"{} SourceReference=\"{}\" SourceType=\"{}\" Text=\"{}\"/>",
        escaped(&headline),
        names.grades(statement),
        escaped(&reference),
        escaped(&statement.dataset),
        escaped(&text(statement))
    )
}

/// All that is known of a statement, a line each.
fn text(statement: &Statement) -> String {
    let held = held(statement);
    let lines = [
        (statement.prop.as_str(), statement.value.as_str()),
        ("written as", statement.original_value.as_deref().unwrap_or_default()),
        ("language", statement.lang.as_deref().unwrap_or_default()),
        ("record", &statement.entity_id),
        ("held", &held),
        ("marking", &statement.marking),
        ("kind", statement.kind.word()),
        ("status", statement.status.word()),
        ("method", &statement.method),
    ];
    lines.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use candour_model::{
        source::Locator,
        statement::{Kind, Status},
    };

    use super::*;

    fn statement(grade: &str, value: &str) -> Statement {
        Statement {
            entity_id: "p1".to_owned(),
            schema: "Person".to_owned(),
            prop: "name".to_owned(),
            value: value.to_owned(),
            original_value: None,
            lang: None,
            dataset: "depot".to_owned(),
            source: "people.csv".to_owned(),
            locator: Locator::Line(3),
            grade: grade.parse().unwrap(),
            marking: "official".to_owned(),
            kind: Kind::Fact,
            status: Status::Asserted,
            method: "import".to_owned(),
            valid_from: None,
            valid_to: None,
            recorded_at: 0,
            actor: "analyst".to_owned(),
        }
    }

    #[test]
    fn a_card_says_where_a_value_comes_from_and_how_it_is_graded() {
        let statement = statement("2D", "Anna \"Ann\" <Quill>\nof Harbourton");
        let mut names = Names::default();
        names.meet(&statement);
        insta::assert_snapshot!(card(&names, &statement), @r#"<Card Summary="name: Anna &quot;Ann&quot; &lt;Quill&gt;&#10;of Harbourton" GradeOneIndex="2" GradeTwoIndex="4" GradeThreeIndex="1" SourceReference="people.csv, line 3" SourceType="depot" Text="name: Anna &quot;Ann&quot; &lt;Quill&gt;&#10;of Harbourton&#10;record: p1&#10;marking: official&#10;kind: fact&#10;status: asserted&#10;method: import"/>"#);
    }

    #[test]
    fn a_long_value_stands_in_the_text_alone() {
        let long = "x".repeat(HEADLINE + 1);
        let card = card(&Names::default(), &statement("1A", &long));
        assert!(card.contains("Summary=\"name\"") && card.contains(&format!("name: {long}")), "{card}");
    }

    #[test]
    fn an_item_has_a_grade_only_where_its_statements_agree() {
        let names = Names::default();
        assert!(common(&names, &[statement("1A", "a"), statement("1A", "b")]).contains("GradeOneIndex=\"1\" GradeTwoIndex=\"1\""));
        for statements in [vec![], vec![statement("1A", "a"), statement("2A", "b")]] {
            assert!(common(&names, &statements).contains("GradeOneIndex=\"0\" GradeTwoIndex=\"0\""));
        }
    }
}
