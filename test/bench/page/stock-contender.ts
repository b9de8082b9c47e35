import type { StockModule } from '../../../src/ui/bench/contenders.js';
import { openStock as openStockArm } from './stock-arm.js';

/** Stock coco-ssd for `bench.html?stock=wasm`, on the addresses of the instruments' server. */
export const openStock: StockModule['openStock'] = async (backend) => {
  const site = new URL('../', import.meta.url).href;
  const arm = await openStockArm(backend, 'synchronous', {
    original: `${site}instruments/original/model.json`,
    wasm: new URL(`engine/wasm-${WASM_VERSION}/`, site).href,
  });
  return {
    adapter: arm.adapter,
    precision: 'float32',
    detect: (picture) => arm.detect(picture),
    close: () => arm.close(),
  };
};

/** Of TensorFlow.js, whose WASM files the site has in a folder of that name. */
const WASM_VERSION = '4.22.0';
