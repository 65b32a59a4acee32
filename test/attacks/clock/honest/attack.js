export * from '../../parts/scan.ts';
