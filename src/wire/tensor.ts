/** What crosses the wire between grader and box: tensors as shape, type and bytes, numbers, and plain trees of them. */

export const dtypes = ['float32', 'int32', 'bool'] as const;
export type Dtype = (typeof dtypes)[number];

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;
export type TensorData = Float32Array | Int32Array | Uint8Array;

/** A tensor on the host, row-major. */
export class HostTensor {
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  readonly data: TensorData;

  constructor(shape: readonly number[], dtype: Dtype, data: TensorData) {
    if (data.length !== sizeOf(shape))
      throw new RangeError(`a tensor of shape [${shape.join(', ')}] has ${sizeOf(shape)} elements, not ${data.length}`);
    this.shape = shape;
    this.dtype = dtype;
    this.data = data;
  }

  /** Reads a tensor from bytes at any alignment; it shares their memory where the alignment allows it and where it is most of that memory, which it keeps. */
  static fromBytes(shape: readonly number[], dtype: Dtype, bytes: Uint8Array): HostTensor {
    const Data = arrays[dtype];
    const shares = bytes.byteOffset % Data.BYTES_PER_ELEMENT === 0 && 2 * bytes.byteLength >= bytes.buffer.byteLength;
    const aligned = shares ? bytes : new Uint8Array(bytes);
    return new HostTensor(
      shape,
      dtype,
      new Data(aligned.buffer as ArrayBuffer, aligned.byteOffset, aligned.byteLength / Data.BYTES_PER_ELEMENT),
    );
  }
}

export type Tree = HostTensor | number | readonly Tree[] | { readonly [name: string]: Tree };

/** Number of elements of a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}

export function isBranch(tree: Tree): tree is { readonly [name: string]: Tree } {
  return typeof tree === 'object' && !Array.isArray(tree) && !(tree instanceof HostTensor);
}
