//! kill -9 at random moments. `CANDOUR_TEST_CRASHES=50` does it fifty times each.

mod imports;
mod reads;
