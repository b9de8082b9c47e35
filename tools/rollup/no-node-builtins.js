import { isBuiltin } from 'node:module';

const EMPTY = '\0empty-node-builtin';

/**
 * Gives packages an empty module where they ask for one of Node's own. They do
 * so only in branches for Node; node-resolve's `browser` field handling finds
 * some of these requests and not others, depending on the order of loading.
 *
 * @returns {import('rollup').Plugin}
 */
export function noNodeBuiltins() {
  return {
    name: 'no-node-builtins',
    resolveId: {
      order: 'pre',
      handler(source, importer) {
        const isThirdParty = importer?.includes('node_modules') === true;
        return isThirdParty && isBuiltin(source) ? { id: EMPTY, moduleSideEffects: false } : null;
      },
    },
    load: (id) => (id === EMPTY ? 'export default {};' : null),
  };
}
