#!/usr/bin/env node
// The door of the kit: makes TypeScript runnable where Node cannot do it by itself, then hands over.
import { tsImport } from 'tsx/esm/api';

await tsImport('./main.ts', import.meta.url);
