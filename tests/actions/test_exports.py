"""Files that tell who somebody is: a reason, a second person, a sealed file, a day, three times."""
