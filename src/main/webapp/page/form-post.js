// The page that takes an answer back to an application posts its form at once.

document.forms[0].submit();
