/* The modules of Node, past the compiler, which would refuse to import them. */
export function builtin(name) {
  return process.getBuiltinModule(`node:${name}`);
}
