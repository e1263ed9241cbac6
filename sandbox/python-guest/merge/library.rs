//! A core module, taken apart.

use std::collections::HashMap;
use wasmparser::{
    Data, Element, ExternalKind, FuncType, FunctionBody, Global, Import, MemoryType, Parser, Payload, TableType,
    TypeRef,
};

/// Everything in a core module that is linked for memory of 32 bits and runs nothing when it starts.
#[derive(Default)]
pub(crate) struct Library<'a> {
    pub(crate) types: Vec<FuncType>,
    pub(crate) imports: Vec<Import<'a>>,
    /// The type of each function that it defines.
    pub(crate) functions: Vec<u32>,
    pub(crate) tables: Vec<TableType>,
    pub(crate) memories: Vec<MemoryType>,
    pub(crate) globals: Vec<Global<'a>>,
    pub(crate) exports: HashMap<&'a str, (ExternalKind, u32)>,
    pub(crate) elements: Vec<Element<'a>>,
    pub(crate) bodies: Vec<FunctionBody<'a>>,
    pub(crate) data: Vec<Data<'a>>,
}

impl<'a> Library<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, String> {
        let broken = |error: wasmparser::BinaryReaderError| error.to_string();
        let mut library = Self::default();
        for payload in Parser::new(0).parse_all(bytes) {
            match payload.map_err(broken)? {
                Payload::TypeSection(types) => {
                    for kind in types.into_iter_err_on_gc_types() {
                        library.types.push(kind.map_err(broken)?);
                    }
                }
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        library.imports.push(import.map_err(broken)?);
                    }
                }
                Payload::FunctionSection(functions) => {
                    library.functions = functions.into_iter().collect::<Result<_, _>>().map_err(broken)?;
                }
                Payload::TableSection(tables) => {
                    for table in tables {
                        library.tables.push(table.map_err(broken)?.ty);
                    }
                }
                Payload::MemorySection(memories) => {
                    library.memories = memories.into_iter().collect::<Result<_, _>>().map_err(broken)?;
                }
                Payload::GlobalSection(globals) => {
                    library.globals = globals.into_iter().collect::<Result<_, _>>().map_err(broken)?;
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export.map_err(broken)?;
                        library.exports.insert(export.name, (export.kind, export.index));
                    }
                }
                Payload::ElementSection(elements) => {
                    library.elements = elements.into_iter().collect::<Result<_, _>>().map_err(broken)?;
                }
                Payload::CodeSectionEntry(body) => library.bodies.push(body),
                Payload::DataSection(data) => {
                    library.data = data.into_iter().collect::<Result<_, _>>().map_err(broken)?;
                }
                Payload::StartSection { .. } => return Err("a module that runs something when it starts".into()),
                Payload::TagSection(_) => return Err("a module with exceptions".into()),
                _ => {}
            }
        }
        Ok(library)
    }

    /// The imports of a kind, in the order of their indices.
    pub(crate) fn imported(&self, kind: ExternalKind) -> impl Iterator<Item = &Import<'a>> {
        self.imports.iter().filter(move |import| kind_of(import.ty) == kind)
    }

    /// The type of a function by its index.
    pub(crate) fn type_of(&self, function: u32) -> Option<&FuncType> {
        let imported = self.imports.iter().filter_map(|import| match import.ty {
            TypeRef::Func(kind) => Some(kind),
            _ => None,
        });
        let kind = imported.chain(self.functions.iter().copied()).nth(function as usize)?;
        self.types.get(kind as usize)
    }
}

/// What a type is the type of.
pub(crate) fn kind_of(kind: TypeRef) -> ExternalKind {
    match kind {
        TypeRef::Func(_) | TypeRef::FuncExact(_) => ExternalKind::Func,
        TypeRef::Table(_) => ExternalKind::Table,
        TypeRef::Memory(_) => ExternalKind::Memory,
        TypeRef::Global(_) => ExternalKind::Global,
        TypeRef::Tag(_) => ExternalKind::Tag,
    }
}
