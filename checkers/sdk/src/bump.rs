//! A one-shot allocator: an instance serves one check and is thrown away, so nothing is freed. The newest block may
//! grow or be given back in place, which is what a growing `Vec` or `String` needs.
//!
//! Half the time of a small check went into a general allocator and the pages it touched (docs/benchmarks.md).
#![allow(unsafe_code)]

use core::{
    alloc::{GlobalAlloc, Layout},
    cell::UnsafeCell,
    ptr,
};

const PAGE: usize = 64 << 10;
/// Pages asked for at a time, so that a growing text does not call `memory.grow` for each page.
const GROWTH: usize = 16;
/// A block of this size is long.
const LONG: usize = 64 << 10;

/// Where free memory begins and how far it goes. The memory that the module starts with is for short blocks; long ones, and what finds no
/// room there, are in memory that is added.
///
/// The host keeps pages that an instance wrote to for the next one, and clears them after each. Added memory is out of the way of later
/// instances, which start with less. So one long text does not make every check after it dearer.
struct Bump {
    short: UnsafeCell<Part>,
    added: UnsafeCell<Part>,
}

struct Part {
    /// First free address; 0 before the first allocation.
    next: usize,
    /// Where it ends.
    end: usize,
}

// SAFETY: wasm32-unknown-unknown without the atomics feature has one thread.
unsafe impl Sync for Bump {}

#[global_allocator]
static ALLOCATOR: Bump =
    Bump { short: UnsafeCell::new(Part { next: 0, end: 0 }), added: UnsafeCell::new(Part { next: 0, end: 0 }) };

unsafe extern "C" {
    /// The linker's end of static data; only its address means anything.
    static __heap_base: u8;
}

/// Hands out nothing any more of the memory that the module starts with: for an answer that is asked for once.
pub(crate) fn add_memory() {
    // SAFETY: one thread, and no reference into the cells is kept.
    let (short, added) = unsafe { (&mut *ALLOCATOR.short.get(), &mut *ALLOCATOR.added.get()) };
    begin(short, added);
    short.next = short.end;
}

/// Before the first allocation, where both parts begin.
fn begin(short: &mut Part, added: &mut Part) {
    if short.next == 0 {
        let end = core::arch::wasm32::memory_size(0) * PAGE;
        *short = Part { next: &raw const __heap_base as usize, end };
        *added = Part { next: end, end };
    }
}

impl Part {
    /// Makes sure that added memory reaches `end`; false when the host's cap forbids it.
    fn reach(&mut self, end: usize) -> bool {
        if end <= self.end {
            return true;
        }
        let need = (end - self.end).div_ceil(PAGE);
        let mut grow = |pages| {
            let grown = core::arch::wasm32::memory_grow(0, pages) != usize::MAX;
            self.end += if grown { pages * PAGE } else { 0 };
            grown
        };
        (need < GROWTH && grow(GROWTH)) || grow(need)
    }

    fn is_newest(&self, block: *mut u8, size: usize) -> bool {
        block as usize + size == self.next
    }
}

// SAFETY: blocks never overlap: each part's `next` only moves past memory handed out, or back over its newest block.
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: one thread, and no reference into the cells is kept.
        let (short, added) = unsafe { (&mut *self.short.get(), &mut *self.added.get()) };
        begin(short, added);
        if layout.size() < LONG {
            let start = short.next.next_multiple_of(layout.align());
            if start + layout.size() <= short.end {
                short.next = start + layout.size();
                return start as *mut u8;
            }
        }
        let start = added.next.next_multiple_of(layout.align());
        match start.checked_add(layout.size()) {
            Some(end) if added.reach(end) => added.next = end,
            _ => return ptr::null_mut(),
        }
        start as *mut u8
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as in `alloc`.
        let (short, added) = unsafe { (&mut *self.short.get(), &mut *self.added.get()) };
        let part = if (block as usize) < short.end { short } else { added };
        if part.is_newest(block, layout.size()) {
            part.next = block as usize;
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as in `alloc`.
        let (short, added) = unsafe { (&mut *self.short.get(), &mut *self.added.get()) };
        let end = (block as usize).checked_add(size);
        let is_short = (block as usize) < short.end;
        let newest = if is_short { &*short } else { &*added }.is_newest(block, layout.size());
        match end {
            Some(end) if newest && !is_short => {
                if !added.reach(end) {
                    return ptr::null_mut();
                }
                added.next = end;
                return block;
            }
            // A block that becomes long moves once, and then grows where it is.
            Some(end) if newest && size < LONG && end <= short.end => {
                short.next = end;
                return block;
            }
            _ if size <= layout.size() => return block,
            _ => {}
        }
        // SAFETY: the layout is valid for the new size by GlobalAlloc's contract; the old block is smaller.
        unsafe {
            let moved = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !moved.is_null() {
                ptr::copy_nonoverlapping(block, moved, layout.size());
            }
            moved
        }
    }
}
