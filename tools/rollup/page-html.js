import { readFile } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import { pagePolicyText } from '../headers.js';
import { root } from '../root.js';

/**
 * Emits a page with the real address of its entry, under the name of its template. All addresses
 * are relative, so that the built site works under any path.
 *
 * @param {{ template: string, entry: string }} options `template` holds
 *   `<script type="module" src="ENTRY"></script>`; `entry` is relative to the repository.
 * @returns {import('rollup').Plugin}
 */
export function pageHtml({ template, entry }) {
  return {
    name: `page-html ${entry}`,
    buildStart() {
      this.addWatchFile(template);
    },
    async generateBundle(_options, bundle) {
      const chunk = Object.values(bundle).find(
        (file) =>
          file.type === 'chunk' &&
          file.facadeModuleId !== null &&
          relative(root, file.facadeModuleId).replaceAll('\\', '/') === entry,
      );
      if (chunk?.type !== 'chunk') this.error(`no entry chunk for ${entry}`);
      const html = await readFile(template, 'utf8');
      const placeholder = `<script type="module" src="${entry}"></script>`;
      if (!html.includes(placeholder)) this.error(`${template} lacks ${placeholder}`);
      const tags = [
        // The browser would find these only after it has parsed the entry.
        ...chunk.imports.map((file) => `<link rel="modulepreload" href="${file}" />`),
        `<script type="module" src="${chunk.fileName}"></script>`,
      ];
      const charset = '<meta charset="utf-8" />';
      if (!html.includes(charset)) this.error(`${template} lacks ${charset}`);
      // Early: it holds only for what comes after it.
      const policy = `<meta http-equiv="Content-Security-Policy" content="${pagePolicyText}" />`;
      this.emitFile({
        type: 'asset',
        fileName: basename(template),
        source: html
          .replace(placeholder, tags.join('\n    '))
          .replace(charset, `${charset}\n    ${policy}`),
      });
    },
  };
}
