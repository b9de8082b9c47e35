import '@tensorflow/tfjs-backend-cpu/dist/register_all_kernels.js';
