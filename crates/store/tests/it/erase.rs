//! Erasure: what is erased is nowhere in the home's files, and everything else is as it was.
