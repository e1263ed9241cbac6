//! Enums whose variants have names: each list of names stands once.

/// Gives an enum a constant with all names, `by_name` and `name`. A variant with settings, `Variant(_)`, is named whatever they are, and by its name it
/// has the default ones.
macro_rules! named {
    ($type:ident as $all:ident { $($variant:ident $(($any:tt))? = $name:literal),* $(,)? }) => {
        impl $type {
            /// All names, as specs and the command line use them.
            pub const $all: &[&str] = &[$($name),*];

            /// The one of that name, with its default settings if it has any.
            #[must_use]
            pub fn by_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some($crate::reward::named::named!(@value $variant $(($any))?)),)*
                    _ => None,
                }
            }

            /// Its name, one of all names.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant $(($any))? => $name,)*
                }
            }
        }
    };
    (@value $variant:ident) => { Self::$variant };
    (@value $variant:ident ($any:tt)) => { Self::$variant(Default::default()) };
}

pub(crate) use named;
