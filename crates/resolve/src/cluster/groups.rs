//! Groups of records that grow together.

/// Records in groups, each with its members at hand.
#[derive(Debug)]
pub(crate) struct Groups {
    /// By record, the group.
    group: Vec<u32>,
    /// By group, its members; empty where it went into another.
    members: Vec<Members>,
}

/// Members of a group: most groups stay of one.
#[derive(Debug)]
enum Members {
    One([u32; 1]),
    Many(Vec<u32>),
}

impl Groups {
    /// Each record in a group of its own.
    pub(crate) fn new(records: usize) -> Self {
        let all = 0..u32::try_from(records).unwrap_or(u32::MAX);
        Self { group: all.clone().collect(), members: all.map(|record| Members::One([record])).collect() }
    }

    pub(crate) fn of(&self, record: u32) -> u32 {
        self.group.get(record as usize).copied().unwrap_or(record)
    }

    pub(crate) fn members(&self, group: u32) -> &[u32] {
        match self.members.get(group as usize) {
            Some(Members::One(one)) => one,
            Some(Members::Many(many)) => many,
            None => &[],
        }
    }

    /// Joins two groups: the smaller goes into the larger.
    pub(crate) fn join(&mut self, one: u32, other: u32) {
        let (into, from) = if self.members(one).len() >= self.members(other).len() { (one, other) } else { (other, one) };
        let moved = self.members(from).to_vec();
        for record in &moved {
            if let Some(group) = self.group.get_mut(*record as usize) {
                *group = into;
            }
        }
        if let Some(slot) = self.members.get_mut(from as usize) {
            *slot = Members::Many(Vec::new());
        }
        if let Some(slot) = self.members.get_mut(into as usize) {
            match slot {
                Members::One([one]) => {
                    let mut many = vec![*one];
                    many.extend(moved);
                    *slot = Members::Many(many);
                }
                Members::Many(many) => many.extend(moved),
            }
        }
    }

    /// By record, the number of its group, in the order of first records.
    pub(crate) fn numbered(&self) -> Vec<u32> {
        let mut numbers = vec![u32::MAX; self.group.len()];
        let mut next = 0;
        self.group
            .iter()
            .map(|group| {
                let Some(number) = numbers.get_mut(*group as usize) else { return 0 };
                if *number == u32::MAX {
                    *number = next;
                    next += 1;
                }
                *number
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_grow_and_are_numbered_by_their_first_records() {
        let mut groups = Groups::new(5);
        groups.join(groups.of(4), groups.of(1));
        groups.join(groups.of(1), groups.of(3));
        assert_eq!(groups.numbered(), [0, 1, 2, 1, 1]);
        let mut members = groups.members(groups.of(3)).to_vec();
        members.sort_unstable();
        assert_eq!(members, [1, 3, 4]);
    }
}
