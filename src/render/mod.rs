//! The only door to Tera: a theme's templates and a page's context become bytes.
