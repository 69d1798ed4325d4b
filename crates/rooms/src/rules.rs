//! What a room lets through, holds or refuses, and why.
