//! Reading slices by place where a place out of bounds means the empty value.

/// The element at `place`, or the default one.
#[inline]
pub(crate) fn at<T: Copy + Default>(slice: &[T], place: usize) -> T {
    slice.get(place).copied().unwrap_or_default()
}

/// The element at a code, or the default one.
#[inline]
pub(crate) fn of<T: Copy + Default>(slice: &[T], code: u32) -> T {
    slice.get(code as usize).copied().unwrap_or_default()
}
