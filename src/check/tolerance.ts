import type { DeviceReport } from '../result/device.ts';

/** Two numbers agree where they differ by at most `absolute + relative * |expected|`. */
export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
  /** Said to the learner next to the number. */
  readonly why: string;
}

/** No difference at all: for numbers that must not depend on something, so that not even the rounding may change. */
export const exactly: Tolerance = {
  absolute: 0,
  relative: 0,
  why: 'these numbers come from the same operations and must be the same to the last bit',
};

const float32 = 'float32 keeps seven digits and a sum of products loses some of them';

/** At least fifty times the largest error of any solution on that device; docs/decisions.md has the figures. */
const tolerances = {
  tensorflow: { absolute: 1e-5, relative: 1e-5, why: float32 },
  webgpu: { absolute: 2e-5, relative: 2e-5, why: `${float32}; a GPU also adds in another order` },
  wasm: { absolute: 1e-5, relative: 1e-5, why: float32 },
  cpu: { absolute: 1e-5, relative: 1e-5, why: float32 },
} as const;

export function toleranceOf(device: DeviceReport, times = 1, why?: string): Tolerance {
  const usual = tolerances[device.name];
  return { absolute: usual.absolute * times, relative: usual.relative * times, why: why ?? usual.why };
}
