//! The plan of the readiness site: typed page contexts, routes, navigation.
