/** Who works in the demo workspace. The first is its owner. */
export const demoMembers = [
  { name: 'Ndapewa Shilongo', email: 'ndapewa@kalahari.example', role: 'OWNER' },
  { name: 'Tangeni Iipinge', email: 'tangeni@kalahari.example', role: 'MEMBER' },
] as const;
