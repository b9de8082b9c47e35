import '@tensorflow/tfjs-backend-webgl/dist/register_all_kernels.js';
