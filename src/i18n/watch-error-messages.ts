/** What can go wrong in watching, in the same form as the other faults; see `errorMessage`. */
export const WATCH_ERRORS = {
  'watch-corrupt': {
    title: 'The zones and rules could not be read',
    text: 'The file is no such list, or a part of it is not as it should be: a zone of fewer than three corners, for instance. Nothing of it was taken over, and yours are all still there.',
    action: 'Choose another file',
  },
  'watch-newer': {
    title: 'The zones and rules come from a newer Sightline',
    text: 'This version cannot read them without losing something. Reload the page to get the newest version, then open the file again.',
    action: 'Reload',
  },
};
