//! The only door to Git: opens a repository, walks its history, reads its trees; plain data comes out.
