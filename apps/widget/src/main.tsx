import '@predictu/ui/styles.css';
