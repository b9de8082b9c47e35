import { engineUrls } from '../../../src/engine-urls.js';
import type { TeachSettings } from '../../../src/domain/teach/settings.js';
import type { EngineInfo } from '../../../src/protocol/index.js';
import { launchInstrument } from '../../bench/instrument-page.js';
import type { ExtraFolders } from '../../bench/instrument-site.js';
import { openToolPage, type ToolPage } from '../../bench/tool-page.js';
import type { TeachPage } from './page/teach-page.js';

/** The page that teaches, in a browser of its own. */
export interface OpenTeachPage extends ToolPage<TeachPage> {
  readonly info: EngineInfo;
}

/** Opens it with the app's engine on WebAssembly. */
export async function openTeachPage(
  folders: ExtraFolders,
  settings: TeachSettings,
): Promise<OpenTeachPage> {
  const page = await openToolPage<TeachPage>(await launchInstrument('none'), {
    script: 'test/accuracy/teach/page/teach-page.ts',
    global: 'teachPage',
    folders,
  });
  const argument = [engineUrls(page.url), settings] as const;
  const info = await page
    .do((it, args) => it.open(...args), argument)
    .catch(async (thrown: unknown) => {
      await page.close();
      throw thrown;
    });
  return { ...page, info };
}
