//! Looking for words: ranked hits with facets, and suggestions while one types.

use std::collections::BTreeSet;

use candour_links::NodeNo;
use candour_model::ontology::Ontology;
use candour_search::{Found, Highlighter, Hit, Query};
use candour_store::Reader;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::{Access, Who},
    action::Action,
    desk::Desk,
    error::ActionError,
    sealed::{Answer, Sealed},
    view::EntityRef,
    world::Sight,
};

/// Most hits of one answer; a larger wish is refused rather than cut.
const MOST_HITS: usize = 1000;
/// Most values of one hit that are shown for the words in them.
const MOST_HIGHLIGHTS: usize = 3;
/// Longest piece of text that a highlight shows, in Unicode scalar values.
const EXCERPT: usize = 160;

/// What to look for.
#[derive(Debug, Clone)]
pub struct SearchRequest {
    /// Words, `prefix*`, "phrases", -without.
    pub query: String,
    /// Only these schemata, where any are named.
    pub schemas: Vec<String>,
    /// Only these datasets, where any are named.
    pub datasets: Vec<String>,
    /// How many hits.
    pub limit: usize,
    /// How many to pass over.
    pub offset: usize,
}

impl SearchRequest {
    fn is_unfiltered(&self) -> bool {
        self.schemas.is_empty() && self.datasets.is_empty() && self.offset == 0 && self.limit > 0
    }
}

/// What was found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SearchView {
    /// All matches, exactly.
    pub total: u64,
    /// Best first.
    pub hits: Vec<HitView>,
    /// How the matches spread.
    pub facets: FacetsView,
}

/// One hit.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HitView {
    /// Public id.
    pub id: String,
    /// Schema name.
    pub schema: String,
    /// Schema for people.
    pub label: String,
    /// Caption.
    pub caption: String,
    /// Relevance; comparable within one answer.
    pub score: f32,
    /// Datasets that speak of it.
    pub datasets: Vec<String>,
    /// Values in which the words stand.
    pub highlights: Vec<HighlightView>,
}

/// A value in which the words stand.
#[derive(Debug, Clone, Serialize, ToSchema, PartialEq, Eq)]
pub struct HighlightView {
    /// Property name.
    pub prop: String,
    /// Property for people.
    pub label: String,
    /// The value, or the part around the first word found.
    pub text: String,
}

/// How matches spread.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FacetsView {
    /// By schema.
    pub schema: Vec<FacetView>,
    /// By dataset.
    pub dataset: Vec<FacetView>,
}

/// A share of the matches.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FacetView {
    /// To filter by.
    pub value: String,
    /// For people.
    pub label: String,
    /// How many matches.
    pub count: u64,
}

impl Desk {
    /// Looks for words.
    pub fn search(&self, who: &Who, request: &SearchRequest) -> Result<Answer<SearchView>, ActionError> {
        let mut query = request.query.clone();
        for (name, values) in [("schema", &request.schemas), ("dataset", &request.datasets)] {
            for value in values {
                query.push_str(&format!(" {name}:{value}"));
            }
        }
        self.answer(who, Action::Search, &query, |access| {
            let view = self.look(access, request)?;
            let results = view.hits.iter().map(|hit| hit.id.clone()).collect();
            Ok(Sealed::under(access, view, results))
        })
    }

    /// Things whose names or identifiers begin like this.
    pub fn suggest(&self, who: &Who, prefix: &str, limit: usize) -> Result<Answer<Vec<EntityRef>>, ActionError> {
        self.answer(who, Action::Search, &format!("{prefix}*"), |access| {
            if limit > MOST_HITS {
                return Err(ActionError::BadInput(format!("`{limit}` suggestions are more than one answer holds; ask for up to {MOST_HITS}")));
            }
            let (world, found) = self.ask_index(access.visible(), |index, sight| index.suggest(prefix, access.visible(), limit, sight))?;
            let sight = Sight::new(&world, access.visible());
            let suggestions: Vec<EntityRef> = found.into_iter().map(|entity| sight.reference(NodeNo::of(entity))).collect();
            let results = suggestions.iter().map(|entity| entity.id.clone()).collect();
            Ok(Sealed::under(access, suggestions, results))
        })
    }

    fn look(&self, access: &Access, request: &SearchRequest) -> Result<SearchView, ActionError> {
        if request.limit > MOST_HITS {
            return Err(ActionError::BadInput(format!(
                "`{}` hits are more than one answer holds; ask for up to {MOST_HITS} and page with an offset",
                request.limit
            )));
        }
        if let Some(unknown) = request.schemas.iter().find(|name| Ontology::builtin().schema(name).is_none()) {
            return Err(ActionError::BadInput(format!("there is no schema `{unknown}`; see the guide's page on the ontology")));
        }
        let names = self.store().names();
        // A dataset that nobody has heard of matches nothing; whether it exists is not for everyone to know.
        let datasets = request.datasets.iter().map(|name| names.dataset_no(name).map_or(u32::MAX, |no| no.0)).collect();
        let query = Query { text: request.query.clone(), schemas: request.schemas.clone(), datasets, limit: request.limit, offset: request.offset };
        let (world, mut found) = self.ask_index(access.visible(), |index, sight| index.search(&query, access.visible(), sight))?;
        let sight = Sight::new(&world, access.visible());
        if let Some(entity) = sight.find_entity(request.query.trim()).filter(|_| found.total == 0 && request.is_unfiltered()) {
            // Nothing holds these words, but something bears them as its id.
            found = Found { total: 1, hits: vec![Hit { entity: sight.representative(entity), score: 0.0 }], ..Found::default() };
        }
        let highlighter = Highlighter::new(&request.query)?;
        let mut hits = Vec::with_capacity(found.hits.len());
        self.store().read(|reader| -> Result<(), ActionError> {
            for hit in &found.hits {
                hits.push(view(reader, &sight, &highlighter, *hit)?);
            }
            Ok(())
        })?;
        let dataset_name = |no: u32| names.dataset(candour_model::id::DatasetNo(no)).unwrap_or_default().to_owned();
        let mut dataset: Vec<FacetView> = found.datasets.iter().map(|(no, count)| facet(dataset_name(*no), None, *count)).collect();
        let label = |name: &str| Ontology::builtin().schema(name).map(|schema| schema.plural.clone());
        let mut schema: Vec<FacetView> = found.schemas.iter().map(|(name, count)| facet(name.clone(), label(name), *count)).collect();
        for facets in [&mut dataset, &mut schema] {
            facets.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        }
        Ok(SearchView { total: found.total, hits, facets: FacetsView { schema, dataset } })
    }
}

fn view(reader: &Reader<'_>, sight: &Sight<'_>, highlighter: &Highlighter, hit: Hit) -> Result<HitView, ActionError> {
    let kind = sight.kind(hit.entity);
    let caption = sight.caption(hit.entity);
    let mut datasets = BTreeSet::new();
    let mut highlights: Vec<HighlightView> = Vec::new();
    for member in sight.members(hit.entity) {
        for statement in reader.statements(member, sight.visible)? {
            if highlights.len() < MOST_HIGHLIGHTS && statement.value != caption {
                highlights.extend(highlight(highlighter, &statement).filter(|found| !highlights.contains(found)));
            }
            datasets.insert(statement.dataset);
        }
    }
    Ok(HitView {
        id: sight.id(NodeNo::of(hit.entity)),
        schema: kind.schema.to_owned(),
        label: kind.label.to_owned(),
        caption,
        score: hit.score,
        datasets: datasets.into_iter().collect(),
        highlights,
    })
}

fn facet(value: String, label: Option<String>, count: u64) -> FacetView {
    FacetView { label: label.unwrap_or_else(|| value.clone()), value, count }
}

fn highlight(highlighter: &Highlighter, statement: &candour_model::statement::Statement) -> Option<HighlightView> {
    let prop = Ontology::builtin().schema(&statement.schema)?.prop(&statement.prop)?;
    if prop.special.is_some() || prop.range.is_some() {
        return None;
    }
    let start = highlighter.find(&statement.value)?.first()?.start;
    let before = statement.value.get(..start).map_or(0, |text| text.chars().count());
    let from = before.saturating_sub(EXCERPT / 3);
    let mut text: String = statement.value.chars().skip(from).take(EXCERPT).collect();
    if from > 0 {
        text.insert(0, '…');
    }
    if statement.value.chars().count() > from + EXCERPT {
        text.push('…');
    }
    Some(HighlightView { prop: prop.name.clone(), label: prop.label.clone(), text })
}
