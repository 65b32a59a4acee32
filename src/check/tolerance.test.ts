import { expect, test } from 'vitest';

import { deviceNames, type DeviceReport } from '../result/device.ts';
import { exactly, toleranceOf } from './tolerance.ts';

const device = (name: DeviceReport['name']): DeviceReport => ({ name, usable: true, kind: 'cpu', version: null, reason: '' });

test.for(deviceNames)('%s allows a little more than float32 can do, and says why', (name) => {
  const { absolute, relative, why } = toleranceOf(device(name));
  for (const part of [absolute, relative]) {
    expect(part).toBeGreaterThan(2 ** -24); // half a unit in the last place of 1
    expect(part).toBeLessThan(1e-4); // three wrong digits of seven would be a mistake, not rounding
  }
  expect(why).toMatch(/float32/);
});

test('a check may ask for some times the tolerance, with its own reason', () => {
  const [once, tenfold] = [toleranceOf(device('cpu')), toleranceOf(device('cpu'), 10, 'a long sum')];
  expect(tenfold).toEqual({ absolute: once.absolute * 10, relative: once.relative * 10, why: 'a long sum' });
});

test('exactly allows nothing', () => {
  expect(exactly).toMatchObject({ absolute: 0, relative: 0 });
});
