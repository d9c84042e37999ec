//! What is asked of a live store: why two records are of one entity, what would change a verdict, what to review.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    error::ResolveError,
    live::{EntityId, Live, NewRecord, Verdict},
    queue::{LEAST_UNCERTAIN, Open, Question, Stands, questions, uncertainty},
    why::{Link, PathStep, TurningPoint, strongest_path, turning_points},
};

/// Records of the largest entity that is looked at for pairs that alone hold it together.
const LOOKED_AT: usize = 64;

impl Live {
    /// How two records of one entity hang together: the path whose weakest link is the strongest.
    ///
    /// # Errors
    /// When there is no such record, or the two are of different entities.
    pub fn path(&self, a: &str, b: &str) -> Result<Vec<PathStep>, ResolveError> {
        let (from, to) = (self.row(a)?, self.row(b)?);
        let entity = self.entity_of(from);
        let path = if entity == self.entity_of(to) { strongest_path(&self.links_of(entity), from, to) } else { None };
        let path = path.ok_or_else(|| ResolveError::NoPath(a.to_owned(), b.to_owned()))?;
        Ok(path.into_iter().map(|(from, to, link)| PathStep { from: self.id(from).to_owned(), to: self.id(to).to_owned(), link }).collect())
    }

    /// What would change the verdict on a new record and one that is there, the smallest change first. The record leaves no
    /// trace.
    ///
    /// # Errors
    /// When it names a column that there is not, or there is no record of that id.
    pub fn turning_points(&mut self, record: &NewRecord, id: &str) -> Result<Vec<TurningPoint>, ResolveError> {
        let (other, threshold) = (self.row(id)?, self.options.threshold);
        self.with(record, |live, row| turning_points(&live.scorer(), row, other, threshold))
    }

    /// What would change the verdict on two records that are there, the smallest change first.
    ///
    /// # Errors
    /// When there is no such record.
    pub fn turning_points_of(&self, a: &str, b: &str) -> Result<Vec<TurningPoint>, ResolveError> {
        Ok(turning_points(&self.scorer(), self.row(a)?, self.row(b)?, self.options.threshold))
    }

    /// The pairs most worth asking a person about, among those that nobody has judged.
    #[must_use]
    pub fn queue(&self, limit: usize) -> Vec<Question> {
        let mut open = Vec::new();
        let mut held: FxHashMap<EntityId, Vec<(u32, u32, f32)>> = FxHashMap::default();
        for (a, b, weight) in self.known_pairs() {
            let (one, other) = (self.entity_of(a), self.entity_of(b));
            if one == other {
                if uncertainty(weight, Stands::Alone) >= LEAST_UNCERTAIN {
                    held.entry(one).or_default().push((a, b, weight));
                }
                continue;
            }
            let stands = if weight >= self.threshold { Stands::Refused } else { Stands::Apart };
            if uncertainty(weight, stands) >= LEAST_UNCERTAIN && !self.is_judged(a, b) {
                open.push(Open { a, b, weight, sides: [one, other].map(|entity| self.size(entity)), stands });
            }
        }
        for (entity, pairs) in held {
            open.extend(self.holding(entity, &pairs));
        }
        questions(&self.scorer(), &open, |row| self.id(row), limit)
    }

    /// All pairs that are kept of records that are there, each once.
    fn known_pairs(&self) -> impl Iterator<Item = (u32, u32, f32)> + '_ {
        let here = |row: u32| !self.gone.contains(&row);
        let of_table = self.pairs.iter().map(|pair| (pair.a, pair.b, pair.weight));
        let later =
            self.bonds.iter().flat_map(|(row, bonds)| bonds.iter().filter(move |(other, _)| row < other).map(move |(other, bits)| (*row, *other, *bits)));
        of_table.chain(later).filter(move |(a, b, _)| here(*a) && here(*b))
    }

    /// Of pairs of an entity, those without which it would come apart.
    fn holding(&self, entity: EntityId, pairs: &[(u32, u32, f32)]) -> Vec<Open> {
        let size = self.size(entity);
        if size > LOOKED_AT {
            return Vec::new();
        }
        let links = self.links_of(entity);
        let mut holding = Vec::new();
        for (a, b, weight) in pairs.iter().filter(|(a, b, _)| !self.is_judged(*a, *b)) {
            let mut reached = FxHashSet::from_iter([*a]);
            let mut grown = 0;
            while grown != reached.len() {
                grown = reached.len();
                for (one, other, link) in &links {
                    let counts = (*one, *other) != (*a, *b) && matches!(link, Link::Judged)
                        || matches!(link, Link::Weight(bits) if *bits >= self.threshold && (*one, *other) != (*a, *b));
                    if counts && (reached.contains(one) || reached.contains(other)) {
                        reached.extend([*one, *other]);
                    }
                }
            }
            if !reached.contains(b) {
                holding.push(Open { a: *a, b: *b, weight: *weight, sides: [reached.len(), size - reached.len()], stands: Stands::Alone });
            }
        }
        holding
    }

    /// What holds the records of an entity together: pairs, the first record in front, and judgements.
    fn links_of(&self, entity: EntityId) -> Vec<(u32, u32, Link)> {
        let members: FxHashSet<u32> = self.members.get(&entity).into_iter().flatten().copied().collect();
        let mut links = Vec::new();
        for row in &members {
            links.extend(self.pairs_from(*row).filter(|(other, _)| members.contains(other)).map(|(other, bits)| (*row, other, Link::Weight(bits))));
            let later = self.bonds.get(row).into_iter().flatten().filter(|(other, _)| row < other && members.contains(other));
            links.extend(later.map(|(other, bits)| (*row, *other, Link::Weight(*bits))));
            let judged =
                self.judgements.of(self.id(*row)).into_iter().filter(|(_, verdict)| *verdict == Verdict::Same).filter_map(|(other, _)| self.row(other).ok());
            links.extend(judged.filter(|other| row < other && members.contains(other)).map(|other| (*row, other, Link::Judged)));
        }
        links
    }

    fn is_judged(&self, a: u32, b: u32) -> bool {
        !self.judgements.is_empty() && self.judgements.on(self.id(a), self.id(b)).is_some()
    }

    fn size(&self, entity: EntityId) -> usize {
        self.members.get(&entity).map_or(0, |members| members.len())
    }
}
