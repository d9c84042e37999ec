//! Laws of the index, on made-up worlds: what is hidden does not exist, and what is found is what should be.

#[cfg(test)]
mod reckoning;
#[cfg(test)]
mod twin;
#[cfg(test)]
mod world;
