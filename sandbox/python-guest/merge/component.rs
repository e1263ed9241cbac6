//! The component around the modules: which of them are merged, and what refers to them.

use super::{
    library::Library,
    module::{HOST, Origin, Part, Wanted, link},
};
use std::collections::HashMap;
use wasm_encoder::{
    Alias, CanonicalFunctionSection, Component, ComponentAliasSection, ExportKind, InstanceSection, ModuleArg,
    ModuleSection, RawSection,
    reencode::{Error, Reencode, ReencodeComponent},
};
use wasmparser::{
    CanonicalFunction, CanonicalOption, ComponentAlias, ExternalKind, Instance, Parser, Payload, Validator,
};

/// What a component defines, in its order.
enum Item<'a> {
    Module,
    Instance,
    Alias(ComponentAlias<'a>),
    Canonical(CanonicalFunction),
    /// What names no core module, instance or function.
    Other(u8, &'a [u8]),
}

/// Where a core function, table, memory or global comes from.
#[derive(Clone, Copy)]
enum Source<'a> {
    /// An export of a core instance.
    Export(u32, &'a str),
    /// A function of the host, and whether it has access to a memory.
    Host(bool),
}

#[derive(Default)]
struct Old<'a> {
    items: Vec<Item<'a>>,
    modules: Vec<&'a [u8]>,
    instances: Vec<Instance<'a>>,
    functions: Vec<Source<'a>>,
    tables: Vec<Source<'a>>,
    memories: Vec<Source<'a>>,
    globals: Vec<Source<'a>>,
}

/// Makes one core module of all that share the memory, and gives back the component with it.
pub(crate) fn merge(wasm: &[u8]) -> Result<Vec<u8>, String> {
    let old = Old::read(wasm)?;
    let libraries = old.modules.iter().map(|module| Library::read(module)).collect::<Result<Vec<_>, _>>()?;
    let new = New::write(&old, libraries).map_err(|error| error.to_string())?;
    Validator::new().validate_all(&new).map_err(|error| format!("the merged component is invalid: {error}"))?;
    Ok(new)
}

impl<'a> Old<'a> {
    fn read(wasm: &'a [u8]) -> Result<Self, String> {
        let broken = |error: wasmparser::BinaryReaderError| error.to_string();
        let (mut old, mut depth) = (Self::default(), 0);
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload.map_err(broken)?;
            let inside = depth > 0;
            match &payload {
                Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
                Payload::End(_) if inside => depth -= 1,
                _ => {}
            }
            if inside {
                continue;
            }
            match payload {
                Payload::ModuleSection { unchecked_range, .. } => {
                    old.modules.push(&wasm[unchecked_range]);
                    old.items.push(Item::Module);
                }
                Payload::InstanceSection(instances) => {
                    for instance in instances {
                        old.instances.push(instance.map_err(broken)?);
                        old.items.push(Item::Instance);
                    }
                }
                Payload::ComponentAliasSection(aliases) => {
                    for alias in aliases {
                        let alias = alias.map_err(broken)?;
                        if let ComponentAlias::CoreInstanceExport { kind, instance_index, name } = alias {
                            old.space(kind)?.push(Source::Export(instance_index, name));
                        }
                        old.items.push(Item::Alias(alias));
                    }
                }
                Payload::ComponentCanonicalSection(functions) => {
                    for function in functions {
                        let function = function.map_err(broken)?;
                        match &function {
                            CanonicalFunction::Lift { .. } => {}
                            CanonicalFunction::Lower { options, .. } => {
                                let memory = options.iter().any(|option| matches!(option, CanonicalOption::Memory(_)));
                                old.functions.push(Source::Host(memory));
                            }
                            CanonicalFunction::ResourceDrop { .. } => old.functions.push(Source::Host(false)),
                            other => return Err(format!("a function of an unexpected kind: {other:?}")),
                        }
                        old.items.push(Item::Canonical(function));
                    }
                }
                // Its names go by indices that change.
                Payload::CustomSection(section) if section.name() == "component-name" => {}
                payload => {
                    if let Some((id, range)) = payload.as_section() {
                        old.items.push(Item::Other(id, &wasm[range]));
                    }
                }
            }
        }
        Ok(old)
    }

    fn space(&mut self, kind: ExternalKind) -> Result<&mut Vec<Source<'a>>, String> {
        Ok(match kind {
            ExternalKind::Func => &mut self.functions,
            ExternalKind::Table => &mut self.tables,
            ExternalKind::Memory => &mut self.memories,
            ExternalKind::Global => &mut self.globals,
            kind => return Err(format!("an export of an unexpected kind: {kind:?}")),
        })
    }

    fn source(&self, kind: ExternalKind, index: u32) -> Result<Source<'a>, String> {
        let space = match kind {
            ExternalKind::Func => &self.functions,
            ExternalKind::Table => &self.tables,
            ExternalKind::Memory => &self.memories,
            _ => &self.globals,
        };
        space.get(index as usize).copied().ok_or_else(|| format!("{kind:?} {index} is not there"))
    }

    /// What an instance gives under a name: where it comes from and, where it has one, its kind and index.
    fn given(&self, instance: u32, name: &'a str) -> Result<(Source<'a>, Option<(ExternalKind, u32)>), String> {
        match &self.instances[instance as usize] {
            Instance::Instantiate { .. } => Ok((Source::Export(instance, name), None)),
            Instance::FromExports(exports) => {
                let export = exports.iter().find(|export| export.name == name);
                let export = export.ok_or_else(|| format!("`{name}` is given by nobody"))?;
                Ok((self.source(export.kind, export.index)?, Some((export.kind, export.index))))
            }
        }
    }

    /// Whether an instance is given a function that has access to a memory: it comes after those that share it.
    fn late(&self, instance: &Instance<'_>) -> bool {
        let Instance::Instantiate { args, .. } = instance else { return false };
        args.iter().any(|arg| match &self.instances[arg.index as usize] {
            Instance::FromExports(exports) => exports.iter().any(|export| {
                export.kind == ExternalKind::Func && matches!(self.functions[export.index as usize], Source::Host(true))
            }),
            Instance::Instantiate { .. } => false,
        })
    }
}

/// The new component while it is written, and the new index of what is kept.
struct New<'a, 'b> {
    old: &'b Old<'a>,
    /// Of a core instance, the number of its part of the merged module.
    part: HashMap<u32, usize>,
    component: Component,
    modules: HashMap<u32, u32>,
    instances: HashMap<u32, u32>,
    functions: HashMap<u32, u32>,
    tables: HashMap<u32, u32>,
    memories: HashMap<u32, u32>,
}

impl<'a, 'b> New<'a, 'b> {
    fn write(old: &'b Old<'a>, libraries: Vec<Library<'a>>) -> Result<Vec<u8>, Error<String>> {
        let mut libraries: Vec<Option<Library<'a>>> = libraries.into_iter().map(Some).collect();
        let mut new = Self {
            old,
            part: HashMap::new(),
            component: Component::new(),
            modules: HashMap::new(),
            instances: HashMap::new(),
            functions: HashMap::new(),
            tables: HashMap::new(),
            memories: HashMap::new(),
        };
        let mut parts = Vec::new();
        for (index, instance) in (0..).zip(&old.instances) {
            let Instance::Instantiate { module_index, .. } = instance else { continue };
            let library = &mut libraries[*module_index as usize];
            // One with a table of its own and no memory passes calls on that the others make before there is the memory.
            let shares = library.as_ref().is_some_and(|library| {
                let memory = !library.memories.is_empty() || library.imported(ExternalKind::Memory).next().is_some();
                memory || library.tables.is_empty()
            });
            if shares && !old.late(instance) {
                let library = library.take().expect("it was looked at");
                new.part.insert(index, parts.len());
                parts.push((index, library));
            }
        }
        let parts = new.origins(parts).map_err(Error::UserError)?;
        let wanted = new.wanted(&parts).map_err(Error::UserError)?;
        let (mut modules, mut instances) = (0.., 0..);
        let (mut functions, mut tables, mut memories) = (0.., 0.., 0..);
        let mut merged = false;
        for item in &old.items {
            match item {
                Item::Module => new.module(modules.next().expect("counted")),
                Item::Instance => {
                    let index = instances.next().expect("counted");
                    new.instance(index)?;
                }
                Item::Alias(alias) => {
                    if let ComponentAlias::CoreInstanceExport { kind, instance_index, .. } = alias {
                        let index = match kind {
                            ExternalKind::Func => functions.next(),
                            ExternalKind::Table => tables.next(),
                            ExternalKind::Memory => memories.next(),
                            _ => None,
                        };
                        let index = index.unwrap_or(0);
                        if new.part.contains_key(instance_index) {
                            continue;
                        }
                        new.keep(*kind, index)?;
                    }
                    let alias = new.component_alias(alias.clone())?;
                    new.component.section(ComponentAliasSection::new().alias(alias));
                }
                Item::Canonical(function) => {
                    let uses = match function {
                        CanonicalFunction::Lift { .. } => true,
                        CanonicalFunction::Lower { options, .. } => !options.is_empty(),
                        _ => false,
                    };
                    if uses && !merged {
                        new.merged(&parts, &wanted)?;
                        merged = true;
                    }
                    if !matches!(function, CanonicalFunction::Lift { .. }) {
                        let index = functions.next().expect("counted");
                        new.keep(ExternalKind::Func, index)?;
                    }
                    let mut section = CanonicalFunctionSection::new();
                    new.parse_component_canonical(&mut section, function.clone())?;
                    new.component.section(&section);
                }
                Item::Other(id, data) => {
                    new.component.section(&RawSection { id: *id, data });
                }
            }
        }
        Ok(new.component.finish())
    }

    /// Where the imports of the parts come from.
    fn origins(&self, parts: Vec<(u32, Library<'a>)>) -> Result<Vec<Part<'a>>, String> {
        let instances: Vec<u32> = parts.iter().map(|(instance, _)| *instance).collect();
        let exports: Vec<_> = parts.iter().map(|(_, library)| library.exports.clone()).collect();
        let origins = |instance: u32, library: &Library<'a>| {
            let Instance::Instantiate { args, .. } = &self.old.instances[instance as usize] else {
                return Ok(Vec::new());
            };
            let origin = |import: &wasmparser::Import<'a>| {
                let arg = args.iter().find(|arg| arg.name == import.module);
                let arg = arg.ok_or_else(|| format!("`{}` is not given", import.module))?;
                let (source, kept) = self.old.given(arg.index, import.name)?;
                if let Source::Export(instance, name) = source
                    && let Some(part) = instances.iter().position(|merged| *merged == instance)
                {
                    let export = exports[part].get(name).ok_or_else(|| format!("`{name}` is not exported"))?;
                    return Ok(Origin::Part(part, export.0, export.1));
                }
                match kept {
                    Some((ExternalKind::Func, index)) => Ok(Origin::Outside(index)),
                    _ => Err(format!("`{}` of `{}` comes from outside", import.name, import.module)),
                }
            };
            library.imports.iter().map(origin).collect::<Result<Vec<_>, String>>()
        };
        parts
            .into_iter()
            .map(|(instance, library)| Ok(Part { origins: origins(instance, &library)?, library }))
            .collect()
    }

    /// What of the parts is wanted outside: under the numbers that it has in the old component.
    fn wanted(&self, parts: &[Part<'_>]) -> Result<Vec<Wanted>, String> {
        let (old, mut wanted) = (self.old, Vec::<Wanted>::new());
        let mut want = |kind: ExternalKind, old_index: u32| {
            let Source::Export(instance, name) = old.source(kind, old_index)? else { return Ok(()) };
            let Some(part) = self.part.get(&instance) else { return Ok(()) };
            let export = parts[*part].library.exports.get(name).ok_or_else(|| format!("`{name}` is not exported"))?;
            let name = format!("{kind:?} {old_index}");
            if wanted.iter().all(|known| known.name != name) {
                wanted.push(Wanted { name, part: *part, kind, index: export.1 });
            }
            Ok::<(), String>(())
        };
        for item in &old.items {
            let Item::Canonical(function) = item else { continue };
            let options = match function {
                CanonicalFunction::Lift { core_func_index, options, .. } => {
                    want(ExternalKind::Func, *core_func_index)?;
                    options
                }
                CanonicalFunction::Lower { options, .. } => options,
                _ => continue,
            };
            for option in options {
                match *option {
                    CanonicalOption::Memory(index) => want(ExternalKind::Memory, index)?,
                    CanonicalOption::Realloc(index) | CanonicalOption::PostReturn(index) => {
                        want(ExternalKind::Func, index)?
                    }
                    _ => {}
                }
            }
        }
        for (index, instance) in (0..).zip(&old.instances) {
            let Instance::Instantiate { args, .. } = instance else { continue };
            if self.part.contains_key(&index) {
                continue;
            }
            for arg in args {
                if let Instance::FromExports(exports) = &old.instances[arg.index as usize] {
                    for export in exports {
                        want(export.kind, export.index)?;
                    }
                }
            }
        }
        Ok(wanted)
    }

    /// Writes a module, unless it is merged.
    fn module(&mut self, index: u32) {
        let merged = (0..).zip(&self.old.instances).any(|(number, instance)| {
            matches!(instance, Instance::Instantiate { module_index, .. } if *module_index == index)
                && self.part.contains_key(&number)
        });
        if !merged {
            self.modules.insert(index, self.modules.len() as u32);
            self.component.section(&RawSection { id: 1, data: self.old.modules[index as usize] });
        }
    }

    /// Writes an instance, unless it is merged or only there for those that are.
    fn instance(&mut self, index: u32) -> Result<(), Error<String>> {
        let uses = |number: &u32, instance: &Instance<'_>| {
            let Instance::Instantiate { args, .. } = instance else { return false };
            !self.part.contains_key(number) && args.iter().any(|arg| arg.index == index)
        };
        let mut section = InstanceSection::new();
        match &self.old.instances[index as usize] {
            Instance::Instantiate { .. } if self.part.contains_key(&index) => return Ok(()),
            Instance::Instantiate { module_index, args } => {
                let args: Vec<_> =
                    args.iter().map(|arg| (arg.name, ModuleArg::Instance(self.instance_index(arg.index)))).collect();
                section.instantiate(self.module_index(*module_index), args);
            }
            Instance::FromExports(_) if !(0..).zip(&self.old.instances).any(|(number, other)| uses(&number, other)) => {
                return Ok(());
            }
            Instance::FromExports(exports) => {
                let mut items = Vec::new();
                for export in exports {
                    let kind: ExportKind = export.kind.into();
                    items.push((export.name, kind, self.external_index(export.kind, export.index)?));
                }
                section.export_items(items);
            }
        }
        self.instances.insert(index, self.instances.len() as u32);
        self.component.section(&section);
        Ok(())
    }

    /// Writes the merged module, its instance, and names what is wanted of it.
    fn merged(&mut self, parts: &[Part<'_>], wanted: &[Wanted]) -> Result<(), Error<String>> {
        let (module, outside) = link(parts, wanted).map_err(Error::UserError)?;
        let mut given = Vec::new();
        for function in outside {
            given.push((function.to_string(), ExportKind::Func, self.function_index(function)?));
        }
        // Numbers that nothing old has.
        let next = self.old.instances.len() as u32;
        let (given_instance, instance) = (self.instances.len() as u32, self.instances.len() as u32 + 1);
        self.instances.extend([(next, given_instance), (next + 1, instance)]);
        let number = self.modules.len() as u32;
        self.modules.insert(self.old.modules.len() as u32, number);
        let mut instances = InstanceSection::new();
        instances.export_items(given).instantiate(number, [(HOST, ModuleArg::Instance(given_instance))]);
        self.component.section(&ModuleSection(&module)).section(&instances);
        let mut aliases = ComponentAliasSection::new();
        for Wanted { name, kind, .. } in wanted {
            aliases.alias(Alias::CoreInstanceExport { instance, kind: (*kind).into(), name });
            let index = name.split(' ').next_back().and_then(|index| index.parse().ok()).expect("it was named so");
            self.keep(*kind, index)?;
        }
        self.component.section(&aliases);
        Ok(())
    }

    /// Gives the next new index to what has this old one.
    fn keep(&mut self, kind: ExternalKind, index: u32) -> Result<(), Error<String>> {
        let space = match kind {
            ExternalKind::Func => &mut self.functions,
            ExternalKind::Table => &mut self.tables,
            ExternalKind::Memory => &mut self.memories,
            kind => return Err(Error::UserError(format!("a {kind:?} that is not merged"))),
        };
        space.insert(index, space.len() as u32);
        Ok(())
    }
}

fn kept(space: &HashMap<u32, u32>, index: u32) -> Result<u32, Error<String>> {
    space.get(&index).copied().ok_or_else(|| Error::UserError(format!("index {index} is used before it is there")))
}

impl Reencode for New<'_, '_> {
    type Error = String;

    fn function_index(&mut self, index: u32) -> Result<u32, Error<String>> {
        kept(&self.functions, index)
    }

    fn memory_index(&mut self, index: u32) -> Result<u32, Error<String>> {
        kept(&self.memories, index)
    }

    fn table_index(&mut self, index: u32) -> Result<u32, Error<String>> {
        kept(&self.tables, index)
    }
}

impl ReencodeComponent for New<'_, '_> {
    fn module_index(&mut self, index: u32) -> u32 {
        self.modules[&index]
    }

    fn instance_index(&mut self, index: u32) -> u32 {
        self.instances[&index]
    }
}
