/** The composition root of the page that measures a device. */
import { engineUrls } from './engine-urls.js';
import { createDetectSession } from './session/create-detect-session.js';
import { sightlineContenders, stockContender, type StockModule } from './ui/bench/contenders.js';
import { SightlineDetector } from './ui/elements/sightline-detector.js';
import { SightlineBench } from './ui/views/sightline-bench.js';

SightlineDetector.sessionFactory = (overrides) =>
  createDetectSession(engineUrls(document.baseURI, overrides));
customElements.define('sightline-detector', SightlineDetector);
customElements.define('sightline-bench', SightlineBench);

/** Lent by the instruments' own server, for the weights of stock are not part of the site. */
const STOCK_MODULE = 'instruments/stock-contender.js';

const stockBackend = new URLSearchParams(location.search).get('stock');
const hasStock = stockBackend !== null && /^(wasm|webgl|webgpu)$/.test(stockBackend);
const loadStock = (): Promise<StockModule> =>
  import(new URL(STOCK_MODULE, document.baseURI).href) as Promise<StockModule>;
const ours = sightlineContenders();

const page = document.querySelector('sightline-bench');
if (page) {
  page.services = {
    contenders: hasStock ? [stockContender(loadStock, stockBackend), ...ours] : ours,
    clipUrls: engineUrls(document.baseURI, { engineUrl: undefined, modelsUrl: undefined }).demoUrls,
    hasStock,
  };
}
