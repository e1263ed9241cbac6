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

struct Bump {
    /// First free address; 0 before the first allocation.
    next: UnsafeCell<usize>,
}

// SAFETY: wasm32-unknown-unknown without the atomics feature has one thread.
unsafe impl Sync for Bump {}

#[global_allocator]
static ALLOCATOR: Bump = Bump { next: UnsafeCell::new(0) };

unsafe extern "C" {
    /// The linker's end of static data; only its address means anything.
    static __heap_base: u8;
}

/// Makes sure that memory reaches `end`; false when the host's cap forbids it.
fn reach(end: usize) -> bool {
    let have = core::arch::wasm32::memory_size(0) * PAGE;
    if end <= have {
        return true;
    }
    let need = (end - have).div_ceil(PAGE);
    let grow = |pages| core::arch::wasm32::memory_grow(0, pages) != usize::MAX;
    (need < GROWTH && grow(GROWTH)) || grow(need)
}

// SAFETY: blocks never overlap: `next` only moves past memory handed out, or back over the newest block.
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: one thread, and no reference into the cell is kept.
        let next = unsafe { &mut *self.next.get() };
        if *next == 0 {
            *next = &raw const __heap_base as usize;
        }
        let start = next.next_multiple_of(layout.align());
        match start.checked_add(layout.size()) {
            Some(end) if reach(end) => *next = end,
            _ => return ptr::null_mut(),
        }
        start as *mut u8
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as in `alloc`.
        let next = unsafe { &mut *self.next.get() };
        if block as usize + layout.size() == *next {
            *next = block as usize;
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as in `alloc`.
        let next = unsafe { &mut *self.next.get() };
        let newest = block as usize + layout.size() == *next;
        if newest || size <= layout.size() {
            if newest {
                match (block as usize).checked_add(size) {
                    Some(end) if reach(end) => *next = end,
                    _ => return ptr::null_mut(),
                }
            }
            return block;
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
