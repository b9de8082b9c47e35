import '@tensorflow/tfjs-backend-webgpu/dist/register_all_kernels.js';
