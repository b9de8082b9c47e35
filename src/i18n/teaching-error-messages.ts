/** What can go wrong in teaching, in the same form as the other faults; see `errorMessage`. */
export const TEACHING_ERRORS = {
  'training-failed': {
    title: 'Learning did not work',
    text: 'There were not enough usable examples, or they do not fit together. Your examples are all still there. Add a few more of each kind, then try again.',
    action: 'Try again',
  },
  'label-missing': {
    title: 'It has no name yet',
    text: 'Everything that is taught needs a name, so that it can be called by it. Write one, then go on.',
    action: 'Give it a name',
  },
  'nothing-to-see': {
    title: 'There is no picture to learn from',
    text: 'Open the camera, a photo or a video first, and point at something that lies inside of the picture.',
    action: 'Open the camera',
  },
  'object-lost': {
    title: 'The object is out of sight',
    text: 'It was not seen any more when its picture was to be taken. Show it again, then point at it once more.',
    action: 'Try again',
  },
  'nothing-to-follow': {
    title: 'There is nothing in the box to follow',
    text: 'What is in it is all of one colour, like a wall, and cannot be told from what is beside it. Draw the box around the whole thing, or take single pictures of it instead.',
    action: 'Draw another box',
  },
  'too-few-labels': {
    title: 'There is only one thing to tell apart',
    text: 'Learning needs a difference. Teach a second thing, or record the room without the object. What you have taught is stored.',
    action: 'Teach another thing',
  },
  'too-few-examples': {
    title: 'One example is not enough',
    text: 'At least two views of each thing are needed, ten are good. Show it from more sides. What you have taught is stored.',
    action: 'Record more',
  },
  'examples-identical': {
    title: 'All examples of one thing are the same picture',
    text: 'From a single view nothing can be learnt that holds for another. Turn the object, or move it about, and record it again. What you have taught is stored.',
    action: 'Record other views',
  },
  'training-diverged': {
    title: 'Learning ran out of bounds',
    text: 'The numbers grew without end, most often because the learning rate is too high. The head from before is still in use, and your examples are all there. Put the settings back, then train again.',
    action: 'Train again',
  },
  'training-cut-off': {
    title: 'Learning was cut off',
    text: 'The browser ended it, most often for want of memory. What was learnt up to then is stored, and so are your examples: it can go on from there.',
    action: 'Go on',
  },
  'head-incompatible': {
    title: 'This head was made for another detector',
    text: 'It looks at features that the detector on this device does not have. Choose the model that it was trained with, or train it again from its examples.',
    action: 'Choose another file',
  },
  'too-many-finds': {
    title: 'It finds as many things as it can already',
    text: 'Sixteen things can be looked for besides those that it knows by itself. Have one of them no longer found, then try again. Your examples are all still there.',
    action: 'Remove one',
  },
  'nothing-to-export': {
    title: 'There is nothing to export yet',
    text: 'This kind of file holds examples or a trained head, and there are none so far. Teach something first, then export it.',
    action: 'Teach something',
  },
} as const;
