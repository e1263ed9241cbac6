//! Links the libraries that share a memory to one module.

use super::{
    library::{Library, kind_of},
    touch::{touch, touched},
};
use std::collections::HashMap;
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection,
    FunctionSection, GlobalSection, ImportSection, Instruction, MemorySection, Module, StartSection, TableSection,
    TypeSection,
    reencode::{Error, Reencode, RoundtripReencoder},
};
use wasmparser::{ConstExpr as Expression, DataKind, ElementItems, ElementKind, ExternalKind, FuncType, Operator};

/// A library, and where each of its imports comes from, in their order.
pub(crate) struct Part<'a> {
    pub(crate) library: Library<'a>,
    pub(crate) origins: Vec<Origin>,
}

/// Where an import comes from.
#[derive(Clone, Copy)]
pub(crate) enum Origin {
    /// From another part: which, and what there, by its index.
    Part(usize, ExternalKind, u32),
    /// A function from outside, by its index in the component.
    Outside(u32),
}

/// What the merged module has to export under a name: something of a part.
pub(crate) struct Wanted {
    pub(crate) name: String,
    pub(crate) part: usize,
    pub(crate) kind: ExternalKind,
    pub(crate) index: u32,
}

/// Where the merged module imports all its functions from.
pub(crate) const HOST: &str = "host";

/// The module, and the functions that it imports, by their indices in the component, which are also their names.
pub(crate) fn link(parts: &[Part<'_>], wanted: &[Wanted]) -> Result<(Module, Vec<u32>), String> {
    let mut linker = Linker::number(parts)?;
    linker.survey()?;
    let module = linker.emit(wanted).map_err(|error| error.to_string())?;
    Ok((module, linker.outside))
}

/// The new index of everything that a part can name, by its old one.
#[derive(Default)]
struct Indices {
    types: Vec<u32>,
    functions: Vec<u32>,
    globals: Vec<u32>,
}

struct Linker<'a, 'b> {
    parts: &'b [Part<'a>],
    indices: Vec<Indices>,
    types: Vec<FuncType>,
    outside: Vec<u32>,
    /// What each global is at the start, by its new index.
    globals: Vec<i32>,
    /// Those that nobody writes to: addresses, once everything is linked.
    constant: Vec<bool>,
    /// The functions in the table, by their place there.
    table: HashMap<i32, u32>,
    /// Functions that only call another one through the table, and which.
    detours: HashMap<u32, u32>,
}

impl<'a, 'b> Linker<'a, 'b> {
    /// Gives everything its new index.
    fn number(parts: &'b [Part<'a>]) -> Result<Self, String> {
        let (mut types, mut known, mut outside) = (Vec::new(), HashMap::new(), Vec::new());
        let mut indices: Vec<Indices> = parts.iter().map(|_| Indices::default()).collect();
        for (part, indices) in parts.iter().zip(&mut indices) {
            for kind in &part.library.types {
                indices.types.push(*known.entry(kind.clone()).or_insert_with(|| {
                    types.push(kind.clone());
                    types.len() as u32 - 1
                }));
            }
            for origin in &part.origins {
                if let Origin::Outside(function) = *origin
                    && !outside.contains(&function)
                {
                    outside.push(function);
                }
            }
        }
        // Where the functions and globals that a part defines start.
        let (mut functions, mut globals, mut starts) = (outside.len() as u32, 0, Vec::new());
        for Part { library, .. } in parts {
            starts.push((functions, globals));
            functions += library.functions.len() as u32;
            globals += library.globals.len() as u32;
        }
        for (number, part) in parts.iter().enumerate() {
            for (kind, count) in
                [(ExternalKind::Func, part.library.functions.len()), (ExternalKind::Global, part.library.globals.len())]
            {
                let imported = part.library.imported(kind).count();
                let new: Vec<u32> = (0..(imported + count) as u32)
                    .map(|index| match defined(parts, number, kind, index)? {
                        Origin::Outside(function) => {
                            let found = outside.iter().position(|known| *known == function);
                            found.map(|index| index as u32).ok_or_else(|| "a function from nowhere".to_owned())
                        }
                        Origin::Part(part, _, index) => {
                            Ok(index + if kind == ExternalKind::Func { starts[part].0 } else { starts[part].1 })
                        }
                    })
                    .collect::<Result<_, String>>()?;
                match kind {
                    ExternalKind::Func => indices[number].functions = new,
                    _ => indices[number].globals = new,
                }
            }
        }
        let constant = vec![true; globals as usize];
        let (globals, table, detours) = (Vec::new(), HashMap::new(), HashMap::new());
        let mut linker = Self { parts, indices, types, outside, globals, constant, table, detours };
        for (number, Part { library, .. }) in parts.iter().enumerate() {
            for global in &library.globals {
                // It may depend on those of earlier parts.
                let value = linker.value(number, &global.init_expr)?;
                linker.globals.push(value);
            }
        }
        Ok(linker)
    }

    /// Finds which globals are constant, what is in the table, and which functions are detours. That nothing changes the
    /// table while the module runs is made sure of.
    fn survey(&mut self) -> Result<(), String> {
        for (number, Part { library, .. }) in self.parts.iter().enumerate() {
            for body in &library.bodies {
                for operator in body.get_operators_reader().map_err(said)? {
                    match operator.map_err(said)? {
                        Operator::GlobalSet { global_index } => {
                            self.constant[self.indices[number].globals[global_index as usize] as usize] = false;
                        }
                        Operator::TableSet { .. }
                        | Operator::TableFill { .. }
                        | Operator::TableGrow { .. }
                        | Operator::TableCopy { .. }
                        | Operator::TableInit { .. } => return Err("a module that writes to its table".into()),
                        _ => {}
                    }
                }
            }
        }
        for (number, Part { library, .. }) in self.parts.iter().enumerate() {
            for element in &library.elements {
                let ElementKind::Active { offset_expr, .. } = &element.kind else {
                    return Err("functions for a table that are not there from the start".into());
                };
                let ElementItems::Functions(functions) = element.items.clone() else {
                    return Err("a table of more than functions".into());
                };
                let start = self.value(number, offset_expr)?;
                for (place, function) in (start..).zip(functions) {
                    self.table.insert(place, self.indices[number].functions[function.map_err(said)? as usize]);
                }
            }
        }
        for (number, Part { library, .. }) in self.parts.iter().enumerate() {
            let imported = library.imported(ExternalKind::Func).count() as u32;
            for (index, body) in (imported..).zip(&library.bodies) {
                let operators = body.get_operators_reader().map_err(said)?;
                let operators: Vec<Operator<'_>> =
                    operators.into_iter().take(20).collect::<Result<_, _>>().map_err(said)?;
                if let Some((place, kind)) = self.detour(number, library, index, &operators)
                    && let Some(target) = self.table.get(&place)
                    && self.type_of(*target).as_ref() == Some(&library.types[kind as usize])
                {
                    self.detours.insert(self.indices[number].functions[index as usize], *target);
                }
            }
        }
        Ok(())
    }

    /// Where in the table a function looks up what it passes all its parameters to, if it does nothing else, and as what type.
    fn detour(
        &self,
        part: usize,
        library: &Library<'_>,
        function: u32,
        operators: &[Operator<'_>],
    ) -> Option<(i32, u32)> {
        let own = library.type_of(function)?;
        let count = own.params().len();
        let passes = |(index, operator): (usize, &Operator<'_>)| matches!(operator, Operator::LocalGet { local_index } if *local_index as usize == index);
        let [place, Operator::CallIndirect { type_index, .. }, Operator::End] = operators.get(count..)? else {
            return None;
        };
        let place = match place {
            Operator::I32Const { value } => *value,
            Operator::GlobalGet { global_index } => self.known(part, *global_index)?,
            _ => return None,
        };
        let same = library.types.get(*type_index as usize)? == own;
        (same && operators[..count].iter().enumerate().all(passes)).then_some((place, *type_index))
    }

    /// The type of a function by its new index.
    fn type_of(&self, function: u32) -> Option<FuncType> {
        self.parts.iter().zip(&self.indices).find_map(|(part, indices)| {
            let index = indices.functions.iter().position(|index| *index == function)?;
            part.library.type_of(index as u32).cloned()
        })
    }

    /// The value of a part's global, if it never changes.
    fn known(&self, part: usize, global: u32) -> Option<i32> {
        let index = self.indices[part].globals[global as usize] as usize;
        self.globals.get(index).copied().filter(|_| self.constant[index])
    }

    /// The address that an expression stands for.
    fn value(&self, part: usize, expression: &Expression<'_>) -> Result<i32, String> {
        let mut stack = Vec::new();
        for operator in expression.get_operators_reader() {
            let value = match operator.map_err(said)? {
                Operator::I32Const { value } => Some(value),
                Operator::GlobalGet { global_index } => self.known(part, global_index),
                Operator::I32Add => stack.pop().zip(stack.pop()).map(|(a, b): (i32, i32)| a.wrapping_add(b)),
                Operator::End => break,
                _ => None,
            };
            stack.push(value.ok_or("an address that is not known beforehand")?);
        }
        stack.pop().ok_or_else(|| "an address that is none".into())
    }

    fn emit(&self, wanted: &[Wanted]) -> Result<Module, Error<String>> {
        let user = Error::UserError;
        let mut plain = RoundtripReencoder;
        let mut types = TypeSection::new();
        for kind in &self.types {
            types.ty().func_type(&plain.func_type(kind.clone()).map_err(|error| user(error.to_string()))?);
        }
        let mut imports = ImportSection::new();
        for (index, function) in (0..).zip(&self.outside) {
            let kind = self.type_of(index).ok_or_else(|| user("a function without a type".into()))?;
            let kind = self.types.iter().position(|known| *known == kind).expect("all types are there") as u32;
            imports.import(HOST, &function.to_string(), EntityType::Function(kind));
        }
        let (mut functions, mut tables, mut memories) =
            (FunctionSection::new(), TableSection::new(), MemorySection::new());
        let (mut globals, mut elements) = (GlobalSection::new(), ElementSection::new());
        let (mut code, mut data) = (CodeSection::new(), DataSection::new());
        let mut ranges = None;
        for (number, Part { library, .. }) in self.parts.iter().enumerate() {
            let mut own = Own { linker: self, part: number };
            for kind in &library.functions {
                functions.function(self.indices[number].types[*kind as usize]);
            }
            for kind in &library.tables {
                tables.table(own.table_type(*kind)?);
            }
            for kind in &library.memories {
                memories.memory(own.memory_type(*kind)?);
            }
            for global in &library.globals {
                let value = self.globals[globals.len() as usize];
                globals.global(own.global_type(global.ty)?, &ConstExpr::i32_const(value));
            }
            for element in &library.elements {
                let ElementKind::Active { offset_expr, .. } = &element.kind else { continue };
                let start = ConstExpr::i32_const(self.value(number, offset_expr).map_err(user)?);
                let Elements::Functions(functions) = own.element_items(element.items.clone())? else { continue };
                elements.active(None, &start, Elements::Functions(functions));
            }
            for body in &library.bodies {
                own.parse_function_body(&mut code, body.clone())?;
            }
            for segment in &library.data {
                ranges = ranges.or_else(|| touched(segment.data));
                let DataKind::Active { memory_index: 0, offset_expr } = &segment.kind else {
                    return Err(user("data that is not in memory from the start".into()));
                };
                let start = ConstExpr::i32_const(self.value(number, offset_expr).map_err(user)?);
                data.active(0, &start, segment.data.iter().copied());
            }
        }
        if (tables.len(), memories.len()) != (1, 1) {
            return Err(user(format!(
                "{} tables and {} memories: one of each is required",
                tables.len(),
                memories.len()
            )));
        }
        let ranges = ranges.ok_or_else(|| user("the list of touched pages is not there".into()))?;
        let start = StartSection { function_index: self.outside.len() as u32 + functions.len() };
        types.ty().function([], []);
        functions.function(self.types.len() as u32);
        code.function(&touch(&ranges));
        let mut exports = ExportSection::new();
        for Wanted { name, part, kind, index } in wanted {
            let mut own = Own { linker: self, part: *part };
            let (kind, index) = match kind {
                ExternalKind::Func => (ExportKind::Func, own.function_index(*index)?),
                ExternalKind::Memory => (ExportKind::Memory, 0),
                kind => return Err(user(format!("{name}, a {kind:?}, is wanted outside"))),
            };
            exports.export(name, kind, index);
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&tables).section(&memories);
        module.section(&globals).section(&exports).section(&start).section(&elements);
        module.section(&code).section(&data);
        Ok(module)
    }
}

/// Where something that a part names is defined.
fn defined(parts: &[Part<'_>], number: usize, kind: ExternalKind, index: u32) -> Result<Origin, String> {
    let (mut number, mut index) = (number, index);
    // An export of what is itself imported leads on to another part, each time to an earlier one or one that defines it.
    for _ in 0..=parts.len() {
        let Part { library, origins } = &parts[number];
        let mut imports = library.imports.iter().zip(origins).filter(|(import, _)| kind_of(import.ty) == kind);
        let Some((_, origin)) = imports.nth(index as usize) else {
            let imported = library.imported(kind).count() as u32;
            return Ok(Origin::Part(number, kind, index - imported));
        };
        match *origin {
            Origin::Part(part, found, there) if found == kind => (number, index) = (part, there),
            Origin::Outside(function) if kind == ExternalKind::Func => return Ok(Origin::Outside(function)),
            _ => return Err("an import of another kind than what it is given".into()),
        }
    }
    Err("imports that lead in a circle".into())
}

fn said(error: impl ToString) -> String {
    error.to_string()
}

/// Renumbers the code of a part.
struct Own<'a, 'b, 'c> {
    linker: &'c Linker<'a, 'b>,
    part: usize,
}

impl Own<'_, '_, '_> {
    fn renumbered(&self, indices: &[u32], old: u32) -> Result<u32, Error<String>> {
        let outside = || Error::UserError(format!("index {old} is out of bounds"));
        indices.get(old as usize).copied().ok_or_else(outside)
    }
}

impl Reencode for Own<'_, '_, '_> {
    type Error = String;

    fn type_index(&mut self, kind: u32) -> Result<u32, Error<String>> {
        self.renumbered(&self.linker.indices[self.part].types, kind)
    }

    fn function_index(&mut self, function: u32) -> Result<u32, Error<String>> {
        let new = self.renumbered(&self.linker.indices[self.part].functions, function)?;
        Ok(self.linker.detours.get(&new).copied().unwrap_or(new))
    }

    fn global_index(&mut self, global: u32) -> Result<u32, Error<String>> {
        self.renumbered(&self.linker.indices[self.part].globals, global)
    }

    fn instruction<'a>(&mut self, operator: Operator<'a>) -> Result<Instruction<'a>, Error<String>> {
        if let Operator::GlobalGet { global_index } = operator
            && let Some(value) = self.linker.known(self.part, global_index)
        {
            return Ok(Instruction::I32Const(value));
        }
        wasm_encoder::reencode::utils::instruction(self, operator)
    }
}
