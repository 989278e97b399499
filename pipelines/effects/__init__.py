"""What a comparison of the months before and after an action rests on."""
