#!/usr/bin/env node
// The entry point of the kit: makes TypeScript runnable where Node cannot do it by itself, then hands over.
import '../typescript.js';

await import('./main.ts');
