// A classic script in old syntax: it has to run where the app itself does not.
addEventListener('load', function () {
  var defined = window.customElements && customElements.get('sightline-app');
  var place = document.querySelector('.starting');
  if (defined || !place) return;
  place.setAttribute('role', 'alert');
  place.textContent =
    'Sightline could not start. Either its program did not arrive (check the connection and ' +
    'reload the page), or this browser is too old for it: a current Chrome, Edge, Firefox or ' +
    'Safari works.';
});
