//! Files go in whole, or it is said what of them did not.

#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod depot;
#[cfg(test)]
mod encodings;
#[cfg(test)]
mod entities;
#[cfg(test)]
mod law;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod mapping;
#[cfg(test)]
mod reading;
