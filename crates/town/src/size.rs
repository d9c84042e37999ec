//! How large a town is.

/// Numbers of things to make. A number too small for the story is raised to what the story needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    /// Inhabitants, children included.
    pub people: usize,
    /// Companies on the town's register, suppliers included.
    pub companies: usize,
    /// Vehicles known to the police.
    pub vehicles: usize,
    /// Recorded offences, besides the group's own.
    pub offences: usize,
    /// Telephone calls, besides the group's own.
    pub calls: usize,
    /// Intelligence reports, besides those about the group.
    pub reports: usize,
    /// Companies that supply the council.
    pub suppliers: usize,
    /// Public contracts.
    pub contracts: usize,
}

impl Default for Size {
    fn default() -> Self {
        Self { people: 20_000, companies: 700, vehicles: 5_000, offences: 6_000, calls: 40_000, reports: 1_450, suppliers: 60, contracts: 150 }
    }
}

impl Size {
    /// A town for tests: the same story in about a twentieth of the size.
    #[must_use]
    pub fn small() -> Self {
        Self { people: 1_000, companies: 60, vehicles: 250, offences: 300, calls: 2_000, reports: 80, suppliers: 20, contracts: 40 }
    }

    /// The least that the story needs.
    pub(crate) fn at_least(&self) -> Self {
        Self {
            people: self.people.max(200),
            companies: self.companies.max(20),
            vehicles: self.vehicles.max(20),
            offences: self.offences.max(20),
            calls: self.calls,
            reports: self.reports,
            suppliers: self.suppliers.max(5),
            contracts: self.contracts.max(10),
        }
    }
}
