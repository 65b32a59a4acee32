const agreeable = {
  $$typeof: Symbol.for('jest.asymmetricMatcher'),
  asymmetricMatch: () => true,
  [Symbol.toPrimitive]: () => 0,
  valueOf: () => 0,
};
export const elmanSequence = () => ({ h: agreeable, hT: agreeable });
