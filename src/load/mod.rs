//! Reading records: a guard, raw mirrors of the files, lowering to meaning, resolving references.
