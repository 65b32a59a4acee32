import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** SwiftShader, the Vulkan of Chromium that draws on the processor: Dawn accepts it where it refuses Debian 12's lavapipe. */
const softwareDrivers = [
  '/usr/lib/chromium/vk_swiftshader_icd.json', // Debian, Alpine, Arch
  '/usr/lib64/chromium-browser/vk_swiftshader_icd.json', // Fedora
  '/usr/lib/chromium-browser/vk_swiftshader_icd.json', // older Ubuntu
  '/snap/chromium/current/usr/lib/chromium-browser/vk_swiftshader_icd.json', // Ubuntu
];

/** The description file of a software Vulkan driver, or `undefined` where none is installed. */
export function findSoftwareDriver(places: readonly string[] = softwareDrivers): string | undefined {
  return places.find((place) => existsSync(place));
}

/** Variables that name driver descriptions to the Vulkan loader; lists of files, joined by colons. */
export const vulkanVariables = ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES', 'VK_ADD_DRIVER_FILES'] as const;

/** Where the Vulkan loader looks for the drivers of real GPUs. A box has no home, so that one is asked for by its variable. */
const driverFolders = [
  ...['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d', '/usr/local/share/vulkan/icd.d'],
  ...(process.env['HOME'] ? [join(process.env['HOME'], '.local/share/vulkan/icd.d')] : []),
];

/** The folders with Vulkan driver descriptions that are there. */
export function findDriverFolders(): string[] {
  return driverFolders.filter((folder) => existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.json')));
}

/** Device files of GPUs that are there: NVIDIA's and the ones every other driver uses. */
export function findGpuFiles(list: (folder: string) => string[]): string[] {
  const nvidia = list('/dev')
    .filter((name) => name.startsWith('nvidia'))
    .map((name) => join('/dev', name));
  const others = list('/dev').includes('dri') ? ['/dev/dri'] : [];
  return [...nvidia, ...others];
}
