// The installer of @tensorflow/tfjs-node-gpu downloads TensorFlow 2.9 and fails where it cannot, and npm before version 11 runs it
// without asking: `npm ci` would fail behind every firewall. It loads adm-zip first (and nothing else does), so it ends here, content.
// `unroll setup --official` sets UNROLL_OFFICIAL and gets what the installer uses of adm-zip, which is for Windows.
const { execFileSync } = require('node:child_process');

if (process.env.UNROLL_OFFICIAL !== '1') {
  console.log('TensorFlow comes by `npx unroll setup`: the download of @tensorflow/tfjs-node-gpu is left out.');
  process.exit(0);
}

module.exports = class Zip {
  constructor(path) {
    this.path = path;
  }

  extractAllTo(folder) {
    execFileSync('tar', ['-xf', this.path, '-C', folder]); // Windows 10 and later have a tar that reads zip
  }
};
