//! The one writer: stages, swaps, remembers digests.
