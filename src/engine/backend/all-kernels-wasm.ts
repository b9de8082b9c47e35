import '@tensorflow/tfjs-backend-wasm/dist/register_all_kernels.js';
